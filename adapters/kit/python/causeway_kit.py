# The kit for adapters in Python: framing, the session's state machine, the order of precedence, schema
# checks, handles and error envelopes, so that an adapter is only the mapping to its native API. It is one
# file that needs nothing but Python 3.9 or later, so that a vendor copies it beside the adapter.
"""Serves SNIS, the interface that Causeway judges, for an adapter.

    import causeway_kit as kit

    class Driver(kit.Service):
        product = {"vendor": "Example", "name": "Example driver", "version": "1.0"}
        capabilities = {"driver.device": True}

        @kit.handles("driver.device.list", "native")
        def list_devices(self, params):
            return {"devices": [...]}

    kit.serve("example-adapter", "0.1.0", Driver)

Params come checked against the standard's schemas. A handler returns the result, or raises a Refusal.
"""

import base64
import difflib
import functools
import hashlib
import itertools
import json
import math
import os
import re
import secrets
import struct
import sys
import threading
import time
import traceback
from typing import NamedTuple

LONGEST_LINE = 1024 * 1024
"""The longest line that either side may send, in bytes, without its line feed."""

LONGEST_WRITE = 1 << 30
"""No write of this kit is longer: a generator names its length, and memory must be there for it."""

LONGEST_NUMBER = 100
"""Digits of a number; no message of the standard comes near."""

LONGEST_END = 1.0
"""Seconds that the end of a session gives to threads whose calls were ended."""

LONGEST_POINTER = 1024
"""Characters of the pointer in a refusal."""


# What an adapter uses.


class Refusal(Exception):
    """Raised by a handler to refuse; the kit makes the reply.

    reason: of the standard's registry, "COPY_RANGE". origin: who refused: "native" where the native
    interface was asked, "adapter" where the adapter did so by itself. vendor_code and vendor_name: the
    native interface's own words for it, wherever it has any.
    """

    def __init__(
        self,
        reason,
        origin,
        message=None,
        vendor_code=None,
        vendor_name=None,
        retryable=None,
        retry_after_ms=None,
        field=None,
        supported_versions=None,
    ):
        if reason not in ERRORS:
            raise ValueError(f"the registry has no reason {reason}.{_nearest(reason, ERRORS)}")
        if origin not in ("native", "adapter", "kit"):
            raise ValueError(f"an origin is native, adapter or kit, not {origin}")
        super().__init__(message or reason)
        self.reason = reason
        self.origin = origin
        self.message = message
        self.details = {
            "retryable": retryable,
            "retryAfterMs": retry_after_ms,
            "field": field,
            "supportedVersions": supported_versions,
            "vendorCode": vendor_code,
            "vendorName": vendor_name,
        }


def handles(method, implementation):
    """Marks a method of a Service as the handler of a method of the standard.

    implementation: who does the work. "native": one call of the native interface. "composed": several.
    "emulated": the adapter's own work. A handler takes the params. Handlers run one at a time, in the
    thread that called `serve`, but for methods that the standard says wait: such a handler runs in a
    thread of its own, beside the others, and takes a threading.Event too. Once that is set, the call was
    answered, and the handler ends; what it returns then is dropped.
    """
    if method not in METHODS:
        raise ValueError(f"the standard has no method {method}.{_nearest(method, METHODS)}")
    if method.startswith("system."):
        raise ValueError(f"{method} is the kit's own")
    if implementation not in ("native", "composed", "emulated"):
        raise ValueError(f"{method} is native, composed or emulated, not {implementation}")

    def mark(function):
        function.handler = Handler(method, implementation, function)
        return function

    return mark


class Handler(NamedTuple):
    """What `handles` says of a function."""

    method: str
    implementation: str
    function: object


class Service:
    """What an adapter serves in one session: subclass it, and mark its methods with `handles`.

    Each valid system.initialize makes one, with its params, until one succeeds; a Refusal from the
    constructor leaves the session new.
    """

    product = {"vendor": "unnamed", "name": "unnamed", "version": "0"}
    """What is judged, in its vendor's words."""

    capabilities = {}
    """What is there: each that is true is tested."""

    runtime_versions = None
    """Where driver.compatibility is declared: whose clients are served, {"from": "1.0", "to": "1.3"}."""

    handlers = {}

    def __init_subclass__(cls, **rest):
        super().__init_subclass__(**rest)
        own = [function.handler for function in vars(cls).values() if hasattr(function, "handler")]
        cls.handlers = {**cls.handlers, **{handler.method: handler for handler in own}}

    def __init__(self, params):
        """Opens the product; params are those of system.initialize."""

    def release(self):
        """Releases every native resource of the session."""


class HandleTable:
    """The resources of one kind in one session, by handles that are never given out twice."""

    def __init__(self, kind):
        """kind: lower-case letters, the part of the handle before the underscore."""
        self._prefix = f"{kind}_{secrets.token_urlsafe(9)}"
        self._numbers = itertools.count(1)
        self._live = {}

    def add(self, resource):
        """Names a resource."""
        handle = f"{self._prefix}-{next(self._numbers)}"
        self._live[handle] = resource
        return handle

    def get(self, handle):
        """The resource, or a refusal: HANDLE_INVALID."""
        if handle not in self._live:
            raise Refusal("HANDLE_INVALID", "kit")
        return self._live[handle]

    def remove(self, handle):
        """Takes a resource out: its handle is invalid from now on."""
        resource = self.get(handle)
        del self._live[handle]
        return resource

    def drain(self):
        """Takes out all that is left, for release."""
        left = list(self._live.values())
        self._live.clear()
        return left


def length_of(data):
    """How many bytes a write has, without making them."""
    if "generator" in data:
        return int(data["generator"]["length"])
    return len(data["base64"]) // 4 * 3 - data["base64"].count("=")


def bytes_of(data):
    """The bytes of a write."""
    if "base64" in data:
        return base64.b64decode(data["base64"])
    named = data["generator"]
    if int(named["length"]) > LONGEST_WRITE:
        raise Refusal("HOST_MEMORY", "kit", message="at most 1 GiB in one write", retryable=False)
    try:
        return generate(named["seed"], named["label"], int(named["length"]))
    except UnicodeEncodeError:
        message = "half a surrogate pair has no UTF-8 form"
        raise Refusal("FIELD", "kit", message=message, field="/data/generator") from None


def base64_of(content):
    """Bytes as a message carries them."""
    return base64.b64encode(content).decode("ascii")


def generate(seed, label, length):
    """The first `length` bytes that the seed and the label name, block after block."""
    named = hashlib.shake_128(_framed(seed) + _framed(label))
    blocks = []
    for begin in range(0, length, _BLOCK):
        block = named.copy()
        block.update(struct.pack("<Q", begin // _BLOCK))
        blocks.append(block.digest(min(_BLOCK, length - begin)))
    return b"".join(blocks)


_BLOCK = 65536


def _framed(text):
    encoded = text.encode("utf-8")
    return struct.pack("<Q", len(encoded)) + encoded


def _nearest(found, known):
    close = difflib.get_close_matches(found, known, 1)
    return f" Did you mean {close[0]}?" if close else ""


def serve(name, version, service, refusal_of=lambda method, error: None):
    """Serves one session on stdin and the reply channel, and returns when stdin has closed.

    name and version: the adapter's own. service: a subclass of Service. refusal_of: what an exception
    that left a handler means, by the method and the exception alone: a Refusal, or None where it means
    nothing that the native interface said; the answer is then INTERNAL, of the adapter.
    """
    _Session(name, version, service, refusal_of, _ReplyChannel()).run(sys.stdin.buffer)


# The session.


class _ReplyChannel:
    """Where replies go. What native libraries print to stdout goes to the log from now on."""

    def __init__(self):
        named = os.environ.get("CAUSEWAY_REPLY_FD")
        if named is None:
            self._descriptor = os.dup(1)
            os.dup2(2, 1)
        elif re.fullmatch("[0-9]+", named):
            self._descriptor = int(named)
            # A process that the adapter starts and that survives it would keep the channel open.
            os.set_inheritable(self._descriptor, False)
        else:
            sys.exit(f"CAUSEWAY_REPLY_FD is to be a descriptor's number, not {named!r}")
        self._lock = threading.Lock()

    def send(self, line):
        """Writes one line whole."""
        rest = memoryview(line)
        with self._lock:
            try:
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except BrokenPipeError:
                pass  # Nobody reads any more: stdin closes next.


class _Waiting:
    """A call that waits, in a thread of its own."""

    def __init__(self, identifier, method, work):
        self.identifier = identifier
        self.method = method
        self.cancelled = threading.Event()
        self.thread = threading.Thread(target=work, args=(self,), daemon=True)


class _WaitingCalls:
    """The calls of one session that wait. Each is answered once: by its thread, or by who cancels it."""

    def __init__(self):
        self._open = []
        self._threads = []
        self._lock = threading.Lock()

    def start(self, waiting):
        with self._lock:
            self._open.append(waiting)
            self._threads = [one for one in self._threads if one.is_alive()] + [waiting.thread]
        try:
            waiting.thread.start()
        except RuntimeError:
            self.close(waiting)
            self._threads.remove(waiting.thread)
            raise MemoryError("no thread is left") from None

    def close(self, waiting):
        """Gives up the call's place; says whether it had it still, and so is to be answered."""
        with self._lock:
            held = waiting in self._open
            if held:
                self._open.remove(waiting)
            return held

    def cancel(self, picks):
        """Ends those that `picks` picks, and gives them, to be answered."""
        with self._lock:
            ended = [one for one in self._open if picks(one)]
            self._open = [one for one in self._open if one not in ended]
        for one in ended:
            one.cancelled.set()
        return ended

    def join(self):
        """Waits for threads that were cancelled. One that heeds nothing is left behind."""
        end = time.monotonic() + LONGEST_END
        for one in self._threads:
            one.join(max(0, end - time.monotonic()))


class _Session:
    def __init__(self, name, version, open_service, refusal_of, channel):
        self._adapter = {"name": name, "version": version}
        self._open_service = open_service
        self._refusal_of = refusal_of
        self._channel = channel
        self._state = "new"
        self._service = None
        self._capabilities = {}
        self._waiting = _WaitingCalls()
        self._own = {
            "system.initialize": self._initialize,
            "system.ping": lambda params: {},
            "system.clock": lambda params: _clock(),
            "system.cancel": self._cancel,
            "system.shutdown": self._shutdown,
        }

    def run(self, requests):
        line = requests.readline(LONGEST_LINE + 1)
        while line.endswith(b"\n"):
            self._take(line)
            line = requests.readline(LONGEST_LINE + 1)
        # What is left is too long, or was cut when stdin closed, or is nothing.
        if len(line) > LONGEST_LINE:
            self._refuse(None, Refusal("PARSE", "kit", message="a line above 1 MiB"), "system")
        if self._state == "ready":
            self._release()

    def _take(self, line):
        try:
            message = _parse(line)
        except (ValueError, RecursionError):
            self._refuse(None, Refusal("PARSE", "kit"), "system")
            return
        if isinstance(message, dict) and "id" not in message:
            return  # A notification.
        if fault_of("Request", message):
            identifier = message["id"] if isinstance(message, dict) else None
            known = fault_of("RequestId", identifier) is None
            self._refuse(identifier if known else None, Refusal("ENVELOPE", "kit"), "system")
            return
        identifier, method, params = message["id"], message["method"], message.get("params", {})
        line = self._outcome(identifier, method, lambda: self._call(identifier, method, params))
        if line is not None:
            self._channel.send(line)

    def _call(self, identifier, method, params):
        """One fault, one answer: the checks stand in the standard's order of precedence."""
        if method not in METHODS:
            raise Refusal("METHOD", "kit")
        if self._state == "closed" or (self._state == "new" and method != "system.initialize"):
            raise Refusal("NOT_INITIALIZED", "kit")
        if self._state == "ready" and method == "system.initialize":
            raise Refusal("ALREADY_INITIALIZED", "kit")
        needs, schema, waits = METHODS[method]
        if needs is not None and self._capabilities.get(needs) is not True:
            raise Refusal("FEATURE", "kit")
        fault = fault_of(schema, params)
        if fault:
            raise Refusal("FIELD", "kit", message=fault.problem, field=_bounded(fault.place))
        if method in self._own:
            return self._own[method](params)
        handler = self._service.handlers.get(method)
        if handler is None:
            raise NotImplementedError(f"{method} is declared and has no handler")
        if waits:
            return self._start_waiting(identifier, handler, params)
        return handler.function(self._service, params)

    def _start_waiting(self, identifier, handler, params):
        def work(waiting):
            call = functools.partial(handler.function, self._service, params, waiting.cancelled)
            line = self._outcome(identifier, handler.method, call)
            if self._waiting.close(waiting):
                self._channel.send(line)

        self._waiting.start(_Waiting(identifier, handler.method, work))
        return _LATER

    def _outcome(self, identifier, method, work):
        """Does a method's work: the line that answers, or None where a thread of its own will."""
        try:
            result = work()
            return None if result is _LATER else _line({"id": identifier, "result": result})
        except Exception as error:
            return _refusal_line(identifier, self._meaning_of(method, error), _layer_of(method))

    def _meaning_of(self, method, error):
        if isinstance(error, Refusal):
            return error
        refusal = self._refusal_of(method, error)
        if refusal is not None:
            return refusal
        if isinstance(error, MemoryError):
            return Refusal("HOST_MEMORY", "adapter", message=str(error))
        traceback.print_exception(type(error), error, error.__traceback__)
        return Refusal("INTERNAL", "adapter", message=str(error))

    def _refuse(self, identifier, refusal, layer):
        self._channel.send(_refusal_line(identifier, refusal, layer))

    def _initialize(self, params):
        if REVISION not in params["protocolVersions"]:
            raise Refusal("UNSUPPORTED_VERSION", "kit", supported_versions=[REVISION])
        service = self._open_service(params)
        capabilities = dict(service.capabilities)
        methods = {}
        for method, (needs, _, _) in METHODS.items():
            if needs is not None and capabilities.get(needs) is not True:
                continue
            if method in self._own:
                methods[method] = "native"
            elif method in service.handlers:
                methods[method] = service.handlers[method].implementation
            else:
                print(f"causeway_kit: {method} is declared and has no handler", file=sys.stderr)
        self._service, self._capabilities, self._state = service, capabilities, "ready"
        return {
            "protocolVersion": REVISION,
            "product": service.product,
            "adapter": self._adapter,
            "capabilities": capabilities,
            "methods": methods,
            **({"runtimeVersions": versions} if (versions := service.runtime_versions) else {}),
        }

    def _shutdown(self, params):
        self._state = "closed"
        self._release()
        return {}

    def _cancel(self, params):
        return {"cancelled": self._end(lambda one: one.identifier == params["request"])}

    def _end(self, picks):
        """Ends calls that wait, each with its answer; says whether there were any."""
        ended = self._waiting.cancel(picks)
        for one in ended:
            self._refuse(one.identifier, Refusal("BY_CLIENT", "kit"), _layer_of(one.method))
        return bool(ended)

    def _release(self):
        """Ends what waits, and then lets go of the product."""
        self._end(lambda one: True)
        self._waiting.join()
        self._service.release()


_LATER = object()
"""In place of a result: a thread of its own answers."""


def _layer_of(method):
    return method.split(".")[0] if method in METHODS else "system"


def _clock():
    resolution = math.ceil(time.get_clock_info("monotonic").resolution * 1e9)
    return {
        "nanoseconds": str(time.monotonic_ns()),
        "resolutionNanoseconds": str(max(1, resolution)),
    }


def _bounded(place):
    """A pointer, or that of the nearest object around it that is short enough."""
    while len(place) > LONGEST_POINTER:
        place = place.rpartition("/")[0]
    return place


# Messages.


def _refusal_line(identifier, refusal, layer):
    code, canonical, retryable, text = ERRORS[refusal.reason]
    data = {
        "canonical": canonical,
        "reason": refusal.reason,
        "origin": refusal.origin,
        "retryable": retryable,
        "layer": layer,
    }
    data.update((name, said) for name, said in refusal.details.items() if said is not None)
    error = {"code": code, "message": refusal.message or text, "data": data}
    return _line({"id": identifier, "error": error})


def _line(message):
    line = json.dumps({"jsonrpc": "2.0", **message}, allow_nan=False, separators=(",", ":"))
    if len(line) > LONGEST_LINE:
        raise ValueError(f"a reply of {len(line)} bytes, and a line has {LONGEST_LINE} at most")
    return line.encode("ascii") + b"\n"


def _parse(line):
    """One JSON text; ValueError where it is none."""
    return json.loads(
        line.decode("utf-8"),
        parse_int=_integer,
        parse_float=_number,
        parse_constant=_no_number,
    )


def _integer(text):
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    return int(text)


def _number(text):
    """1.0 and 1e2 are the integers 1 and 100, as JSON Schema has it."""
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number of too many digits")
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(text):
    raise ValueError(f"{text} is not JSON")


# JSON Schema, as far as the standard's schemas use it.


class Fault(NamedTuple):
    """Where a value departs from its schema, and how."""

    place: str
    """A JSON Pointer into the value."""
    problem: str
    unknown: bool = False
    """A member that the schema does not name."""


def fault_of(name, value):
    """The fault of `value` that a refusal names, an unknown member first; None where it is a `name`."""
    found = _faults({"$ref": name}, value, "")
    return next((fault for fault in found if fault.unknown), found[0] if found else None)


def _faults(schema, value, place):
    return [
        fault
        for keyword, argument in schema.items()
        for fault in KEYWORDS[keyword](argument, value, place, schema)
    ]


def _is_integer(value):
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value):
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


TYPES = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def _same(one, other):
    """Equality of scalars; to Python, True is 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@functools.lru_cache(maxsize=None)
def _pattern(text):
    """A pattern of ECMA-262: its `$` is the very end, which to Python is a line feed before it too."""
    return re.compile(text[:-1] + r"\Z" if text.endswith("$") else text)


def _at(place, name):
    return f"{place}/{str(name).replace('~', '~0').replace('/', '~1')}"


def _bound(applies, holds, problem):
    """A keyword that bounds a value of one type."""

    def check(argument, value, place, schema):
        if applies(value) and not holds(value, argument):
            yield Fault(place, problem.format(argument))

    return check


def _check_ref(argument, value, place, schema):
    yield from _faults(SCHEMAS[argument], value, place)


def _check_type(argument, value, place, schema):
    names = argument if isinstance(argument, list) else [argument]
    if not any(TYPES[name](value) for name in names):
        yield Fault(place, f"must be {' or '.join(names)}")


def _check_const(argument, value, place, schema):
    if not _same(value, argument):
        yield Fault(place, f"must be {json.dumps(argument)}")


def _check_enum(argument, value, place, schema):
    if not any(_same(value, one) for one in argument):
        yield Fault(place, f"must be one of {', '.join(map(str, argument))}")


def _check_required(argument, value, place, schema):
    if isinstance(value, dict):
        for name in argument:
            if name not in value:
                yield Fault(_at(place, name), "is required")


def _check_properties(argument, value, place, schema):
    if isinstance(value, dict):
        for name, member in argument.items():
            if name in value:
                yield from _faults(member, value[name], _at(place, name))


def _check_pattern_properties(argument, value, place, schema):
    if isinstance(value, dict):
        for pattern, member in argument.items():
            for name in value:
                if _pattern(pattern).search(name):
                    yield from _faults(member, value[name], _at(place, name))


def _check_additional_properties(argument, value, place, schema):
    if not isinstance(value, dict):
        return
    patterns = [_pattern(text) for text in schema.get("patternProperties", {})]
    for name in value:
        known = name in schema.get("properties", {})
        if known or any(pattern.search(name) for pattern in patterns):
            continue
        if argument is False:
            yield Fault(_at(place, name), "is not a member that the schema names", unknown=True)
        else:
            yield from _faults(argument, value[name], _at(place, name))


def _check_items(argument, value, place, schema):
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _faults(argument, item, _at(place, index))


def _check_one_of(argument, value, place, schema):
    forms = [_faults(form, value, place) for form in argument]
    fitting = sum(1 for found in forms if not found)
    if fitting == 1:
        return
    if fitting > 1:
        yield Fault(place, "fits several forms, and is to fit one")
        return
    # A member is unknown where no form names it: in each it is unknown, or lies in one that is.
    unknown = [[fault for fault in found if fault.unknown] for found in forms]
    for fault in itertools.chain.from_iterable(unknown):
        if all(any(_within(fault.place, one.place) for one in form) for form in unknown):
            yield fault
            return
    # Else the form that comes nearest says what is wrong. None of its members is unknown by itself.
    nearest = min(forms, key=lambda found: (sum(fault.unknown for fault in found), len(found)))
    yield nearest[0]._replace(unknown=False)


def _within(place, around):
    return place == around or place.startswith(f"{around}/")


def _nothing(argument, value, place, schema):
    """A keyword for people."""
    return ()


KEYWORDS = {
    "$ref": _check_ref,
    "additionalProperties": _check_additional_properties,
    "const": _check_const,
    "description": _nothing,
    "enum": _check_enum,
    "exclusiveMinimum": _bound(_is_number, lambda value, least: value > least, "must be > {}"),
    "items": _check_items,
    "maximum": _bound(_is_number, lambda value, most: value <= most, "must be <= {}"),
    "maxItems": _bound(TYPES["array"], lambda value, most: len(value) <= most, "must have <= {} items"),
    "maxLength": _bound(
        TYPES["string"], lambda value, most: len(value) <= most, "must have <= {} characters"
    ),
    "minimum": _bound(_is_number, lambda value, least: value >= least, "must be >= {}"),
    "minItems": _bound(
        TYPES["array"], lambda value, least: len(value) >= least, "must have >= {} items"
    ),
    "minLength": _bound(
        TYPES["string"], lambda value, least: len(value) >= least, "must have >= {} characters"
    ),
    "oneOf": _check_one_of,
    "pattern": _bound(
        TYPES["string"], lambda value, text: _pattern(text).search(value), 'must match "{}"'
    ),
    "patternProperties": _check_pattern_properties,
    "properties": _check_properties,
    "required": _check_required,
    "title": _nothing,
    "type": _check_type,
}
"""What this evaluator knows; a schema that uses another keyword raises KeyError."""


# The standard's data.

# Generated by `npm run generate` from schemas/ and spec/: do not edit from here to the end.

REVISION = "1.0"

ERRORS = {
    "PARSE": (-32700, "INVALID_ARGUMENT", False, "The line is not JSON."),
    "ENVELOPE": (-32600, "INVALID_ARGUMENT", False, "The message is not a JSON-RPC 2.0 request."),
    "METHOD": (-32601, "UNIMPLEMENTED", False, "The standard has no method of this name."),
    "FIELD": (-32602, "INVALID_ARGUMENT", False, "The parameters do not validate against the method's schema; `field` points at the member."),
    "INTERNAL": (-32603, "INTERNAL", False, "The endpoint failed by its own fault. No negative case admits it."),
    "UNSPECIFIED": (1000, "INVALID_ARGUMENT", False, "The native interface refused with one code that stands for several reasons."),
    "UNSUPPORTED_VERSION": (1001, "INVALID_ARGUMENT", False, "No offered revision is one that the endpoint speaks; `supportedVersions` lists those."),
    "NOT_INITIALIZED": (1002, "FAILED_PRECONDITION", False, "The session is not ready - not initialized yet, or shut down already."),
    "ALREADY_INITIALIZED": (1003, "ALREADY_EXISTS", False, "The session is ready; it is initialized once."),
    "FEATURE": (1004, "UNIMPLEMENTED", False, "The method's capability is not declared."),
    "BY_CLIENT": (1006, "CANCELLED", False, "The client ended the call while it waited, by system.cancel or with the session."),
    "DEVICE": (2001, "NOT_FOUND", False, "No device has this id."),
    "HANDLE_INVALID": (2002, "NOT_FOUND", False, "The handle was never given out in this session, or its resource is gone."),
    "DEVICE_MEMORY": (2003, "RESOURCE_EXHAUSTED", True, "The device has not enough memory left."),
    "HOST_MEMORY": (2004, "RESOURCE_EXHAUSTED", True, "The host has not enough memory left."),
    "SIZE": (2005, "INVALID_ARGUMENT", False, "The size is zero, larger than the device can ever allocate, or not one that the method takes."),
    "COPY_RANGE": (2006, "OUT_OF_RANGE", False, "The range does not lie within its allocation."),
    "OVERLAP": (2007, "INVALID_ARGUMENT", False, "Source and destination overlap."),
    "ARGUMENT": (2009, "INVALID_ARGUMENT", False, "The kernel has no such parameter, or one of another kind or size."),
    "MODULE_INVALID": (2010, "INVALID_ARGUMENT", False, "The bytes are no valid module of the format, or the device does not take the format."),
    "KERNEL": (2011, "NOT_FOUND", False, "The module has no kernel of this name."),
    "LAUNCH_GEOMETRY": (2012, "INVALID_ARGUMENT", False, "The launch is larger than the device, or this kernel on it, can carry out."),
    "ARGS_UNSET": (2013, "FAILED_PRECONDITION", False, "A parameter of the kernel has no argument."),
    "EVENT_STATE": (2017, "FAILED_PRECONDITION", False, "The event is of a kind, or in a state, with which this cannot be done."),
    "STREAMS": (2018, "RESOURCE_EXHAUSTED", True, "The device has as many streams as it can have."),
    "STREAM_STATE": (2019, "FAILED_PRECONDITION", False, "The stream is being captured, or is not, and this cannot be done so."),
    "DEVICE_LOST": (2021, "UNAVAILABLE", True, "The device is there no more, or not yet."),
    "RUNTIME_VERSION": (1008, "FAILED_PRECONDITION", False, "The client is built for a runtime version that the endpoint does not serve."),
    "PEER_DISABLED": (2016, "FAILED_PRECONDITION", False, "The device reaches the memory of the other once that is enabled."),
    "PEER_UNREACHABLE": (2023, "FAILED_PRECONDITION", False, "The device cannot reach the memory of the other."),
    "SHARE": (2024, "NOT_FOUND", False, "No memory is exported under this name."),
    "EXPORTER_LOST": (2025, "UNAVAILABLE", False, "The process that exported the memory is there no more, and the memory neither."),
    "MEMORY_STATE": (2026, "FAILED_PRECONDITION", False, "The memory is registered or mapped, or is not, or is of a kind, with which this cannot be done."),
    "TIMING_DISABLED": (2027, "FAILED_PRECONDITION", False, "The event was not made for timing."),
    "MODEL": (3001, "INVALID_ARGUMENT", False, "The bytes are no valid model of the format, or one of a revision that the endpoint does not read."),
    "OPERATOR": (3002, "UNIMPLEMENTED", False, "The endpoint does not have the operator, or not for this type or operator set."),
    "SHAPE": (3003, "INVALID_ARGUMENT", False, "A tensor's shape, type or length is not one that the model, or the tensor's own type and shape, admits."),
    "INPUTS": (3004, "INVALID_ARGUMENT", False, "An input of the model is missing or named twice, or the model has no input or output of this name."),
}
"""Of each reason: code, canonical, whether it may be retried, and its words for people."""

METHODS = {
    "driver.device.list": ("driver.device", "Empty", False),
    "driver.device.get": ("driver.device", "GetDeviceParams", False),
    "driver.event.create": ("driver.event", "CreateEventParams", False),
    "driver.event.destroy": ("driver.event", "EventParams", False),
    "driver.event.record": ("driver.event", "StreamEventParams", False),
    "driver.event.query": ("driver.event", "EventParams", False),
    "driver.event.synchronize": ("driver.event", "SynchronizeEventParams", True),
    "driver.event.host.create": ("driver.event.host", "CreateEventParams", False),
    "driver.event.host.signal": ("driver.event.host", "EventParams", False),
    "driver.event.timing.create": ("driver.event.timing", "CreateEventParams", False),
    "driver.event.timing.elapsed": ("driver.event.timing", "ElapsedParams", False),
    "driver.stream.graph.begin": ("driver.stream.graph", "StreamParams", False),
    "driver.stream.graph.end": ("driver.stream.graph", "StreamParams", False),
    "driver.stream.graph.launch": ("driver.stream.graph", "LaunchGraphParams", False),
    "driver.stream.graph.destroy": ("driver.stream.graph", "GraphParams", False),
    "driver.memory.host.allocate": ("driver.memory.host", "AllocateHostParams", False),
    "driver.memory.host.free": ("driver.memory.host", "HostParams", False),
    "driver.memory.host.write": ("driver.memory.host", "WriteHostParams", False),
    "driver.memory.host.read": ("driver.memory.host", "ReadHostParams", False),
    "driver.memory.register": ("driver.memory.host", "RegisterParams", False),
    "driver.module.load": ("driver.kernel", "LoadModuleParams", False),
    "driver.module.unload": ("driver.kernel", "ModuleParams", False),
    "driver.kernel.get": ("driver.kernel", "GetKernelParams", False),
    "driver.kernel.launch": ("driver.kernel", "LaunchKernelParams", False),
    "driver.memory.managed.allocate": ("driver.memory.managed", "AllocateParams", False),
    "driver.memory.managed.store": ("driver.memory.managed", "WriteParams", False),
    "driver.memory.managed.load": ("driver.memory.managed", "ReadParams", False),
    "driver.memory.allocate": ("driver.memory", "AllocateParams", False),
    "driver.memory.free": ("driver.memory", "FreeParams", False),
    "driver.memory.write": ("driver.memory", "WriteParams", False),
    "driver.memory.read": ("driver.memory", "ReadParams", False),
    "driver.memory.digest": ("driver.memory", "DigestParams", False),
    "driver.memory.copy": ("driver.memory.copy", "CopyParams", False),
    "driver.memory.fill": ("driver.memory.fill", "FillParams", False),
    "driver.memory.info": ("driver.memory.info", "MemoryInfoParams", False),
    "driver.memory.ordered.allocate": ("driver.memory.ordered", "AllocateOrderedParams", False),
    "driver.memory.ordered.free": ("driver.memory.ordered", "FreeOrderedParams", False),
    "driver.peer.query": ("driver.peer", "PeerParams", False),
    "driver.peer.enable": ("driver.peer", "PeerParams", False),
    "driver.peer.disable": ("driver.peer", "PeerParams", False),
    "driver.peer.copy": ("driver.peer", "PeerCopyParams", False),
    "driver.memory.export": ("driver.memory.share", "ExportParams", False),
    "driver.memory.import": ("driver.memory.share", "ImportParams", False),
    "driver.stream.create": ("driver.stream", "CreateStreamParams", False),
    "driver.stream.destroy": ("driver.stream", "StreamParams", False),
    "driver.stream.query": ("driver.stream", "StreamParams", False),
    "driver.stream.synchronize": ("driver.stream", "SynchronizeStreamParams", True),
    "driver.stream.waitEvent": ("driver.event", "StreamEventParams", False),
    "driver.stream.write": ("driver.stream", "StreamWriteParams", False),
    "driver.stream.copy": ("driver.stream", "StreamCopyParams", False),
    "driver.stream.callback": ("driver.stream.callback", "StreamCallbackParams", False),
    "driver.telemetry.read": ("driver.telemetry", "ReadTelemetryParams", False),
    "driver.memory.virtual.reserve": ("driver.memory.virtual", "AllocateParams", False),
    "driver.memory.virtual.create": ("driver.memory.virtual", "AllocateParams", False),
    "driver.memory.virtual.map": ("driver.memory.virtual", "MapParams", False),
    "driver.memory.virtual.unmap": ("driver.memory.virtual", "UnmapParams", False),
    "driver.memory.virtual.destroy": ("driver.memory.virtual", "PhysicalParams", False),
    "framework.model.gradient": ("framework.gradient", "ModelGradientParams", False),
    "framework.model.load": ("framework.model", "ModelLoadParams", False),
    "framework.model.run": ("framework.model", "ModelRunParams", False),
    "framework.model.unload": ("framework.model", "ModelUnloadParams", False),
    "framework.tensor.create": ("framework.tensor", "TensorCreateParams", False),
    "framework.tensor.read": ("framework.tensor", "TensorHandleParams", False),
    "framework.tensor.free": ("framework.tensor", "TensorHandleParams", False),
    "framework.training.begin": ("framework.training", "BeginTrainingParams", False),
    "framework.training.step": ("framework.training", "TrainingStepParams", False),
    "framework.training.checkpoint": ("framework.training", "TrainingParams", False),
    "framework.training.restore": ("framework.training", "RestoreTrainingParams", False),
    "framework.training.end": ("framework.training", "TrainingParams", False),
    "system.initialize": (None, "InitializeParams", False),
    "system.ping": (None, "Empty", False),
    "system.clock": (None, "Empty", False),
    "system.cancel": ("system.cancel", "CancelParams", False),
    "system.shutdown": (None, "Empty", False),
}
"""Of each method: the capability that gates it, the definition of its params, whether it waits."""

SCHEMAS = {
    "AllocateHostParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["sizeBytes"], "properties": {"sizeBytes": {"$ref": "U64"}}},
    "AllocateOrderedParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "sizeBytes"], "properties": {"stream": {"$ref": "Handle"}, "sizeBytes": {"$ref": "U64"}}},
    "AllocateParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device", "sizeBytes"], "properties": {"device": {"$ref": "DeviceId"}, "sizeBytes": {"$ref": "U64"}}},
    "AllocationArgument": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation"], "properties": {"allocation": {"$ref": "Handle"}}},
    "Base64": {"type": "string", "minLength": 4, "maxLength": 87384, "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"},
    "BeginTrainingParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["model", "loss", "parameters", "optimizer"], "properties": {"model": {"$ref": "Handle"}, "loss": {"$ref": "TensorName"}, "parameters": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "TensorName"}}, "optimizer": {"$ref": "Optimizer"}}},
    "CancelParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["request"], "properties": {"request": {"$ref": "RequestId"}}},
    "Client": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["name", "version"], "properties": {"name": {"$ref": "Label"}, "version": {"$ref": "Label"}}},
    "CopyParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["source", "destination", "lengthBytes"], "properties": {"source": {"$ref": "Place"}, "destination": {"$ref": "Place"}, "lengthBytes": {"$ref": "PositiveU64"}}},
    "CreateEventParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device"], "properties": {"device": {"$ref": "DeviceId"}}},
    "CreateStreamParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device"], "properties": {"device": {"$ref": "DeviceId"}}},
    "Data": {"oneOf": [{"$ref": "LiteralData"}, {"$ref": "GeneratedData"}]},
    "DeviceId": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$"},
    "DigestParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes", "lengthBytes"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "lengthBytes": {"$ref": "PositiveU64"}}},
    "ElapsedParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["start", "end"], "properties": {"start": {"$ref": "Handle"}, "end": {"$ref": "Handle"}}},
    "ElementType": {"type": "string", "enum": ["float32", "float64", "float16", "bfloat16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"]},
    "Empty": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}},
    "EventParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["event"], "properties": {"event": {"$ref": "Handle"}}},
    "ExportParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation"], "properties": {"allocation": {"$ref": "Handle"}}},
    "Extent": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["x", "y", "z"], "properties": {"x": {"type": "integer", "minimum": 1, "maximum": 4294967295}, "y": {"type": "integer", "minimum": 1, "maximum": 4294967295}, "z": {"type": "integer", "minimum": 1, "maximum": 4294967295}}},
    "FillParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes", "lengthBytes", "pattern"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "lengthBytes": {"$ref": "PositiveU64"}, "pattern": {"$ref": "Base64"}}},
    "FreeOrderedParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "allocation"], "properties": {"stream": {"$ref": "Handle"}, "allocation": {"$ref": "Handle"}}},
    "FreeParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation"], "properties": {"allocation": {"$ref": "Handle"}}},
    "GeneratedData": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["generator"], "properties": {"generator": {"$ref": "Generator"}}},
    "Generator": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["kind", "seed", "label", "length"], "properties": {"kind": {"const": "shake128"}, "seed": {"type": "string", "pattern": "^[\\s\\S]{0,256}$"}, "label": {"type": "string", "pattern": "^[\\s\\S]{0,256}$"}, "length": {"$ref": "PositiveU64"}}},
    "GetDeviceParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device"], "properties": {"device": {"$ref": "DeviceId"}}},
    "GetKernelParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["module", "name"], "properties": {"module": {"$ref": "Handle"}, "name": {"$ref": "Label"}}},
    "GivenInput": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["name", "value"], "properties": {"name": {"$ref": "TensorName"}, "value": {"$ref": "Tensor"}}},
    "GraphParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["graph"], "properties": {"graph": {"$ref": "Handle"}}},
    "Handle": {"type": "string", "pattern": "^[a-z]+_[A-Za-z0-9_-]{8,64}$"},
    "HeldInput": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["name", "tensor"], "properties": {"name": {"$ref": "TensorName"}, "tensor": {"$ref": "Handle"}}},
    "HostParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["host"], "properties": {"host": {"$ref": "Handle"}}},
    "ImportParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device", "share"], "properties": {"device": {"$ref": "DeviceId"}, "share": {"$ref": "Share"}}},
    "InitializeParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["protocolVersions", "client"], "properties": {"protocolVersions": {"type": "array", "items": {"$ref": "ProtocolVersion"}, "minItems": 1, "maxItems": 64}, "client": {"$ref": "Client"}, "visibleDevices": {"type": "array", "items": {"$ref": "DeviceId"}, "minItems": 1, "maxItems": 128}, "runtimeVersion": {"$ref": "RuntimeVersion"}}},
    "KernelArgument": {"oneOf": [{"$ref": "AllocationArgument"}, {"$ref": "ScalarArgument"}, {"$ref": "LocalArgument"}]},
    "Label": {"type": "string", "pattern": "^[\\s\\S]{1,256}$"},
    "LaunchGraphParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "graph"], "properties": {"stream": {"$ref": "Handle"}, "graph": {"$ref": "Handle"}}},
    "LaunchKernelParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "kernel", "groups", "groupSize", "arguments"], "properties": {"stream": {"$ref": "Handle"}, "kernel": {"$ref": "Handle"}, "groups": {"$ref": "Extent"}, "groupSize": {"$ref": "Extent"}, "arguments": {"type": "array", "items": {"$ref": "KernelArgument"}, "maxItems": 64}}},
    "LiteralData": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["base64"], "properties": {"base64": {"$ref": "Base64"}}},
    "LoadModuleParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device", "format", "base64"], "properties": {"device": {"$ref": "DeviceId"}, "format": {"$ref": "ProgramFormat"}, "base64": {"$ref": "ModuleBytes"}}},
    "LocalArgument": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["localBytes"], "properties": {"localBytes": {"type": "integer", "minimum": 1, "maximum": 4294967295}}},
    "MapParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes", "physical"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "physical": {"$ref": "Handle"}}},
    "MemoryInfoParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device"], "properties": {"device": {"$ref": "DeviceId"}}},
    "ModelGradientParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["model", "inputs", "weights", "variables"], "properties": {"model": {"$ref": "Handle"}, "inputs": {"type": "array", "maxItems": 256, "items": {"$ref": "ModelInput"}}, "weights": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "ModelOutput"}}, "variables": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "TensorName"}}}},
    "ModelInput": {"oneOf": [{"$ref": "GivenInput"}, {"$ref": "HeldInput"}]},
    "ModelLoadParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["format", "base64"], "properties": {"format": {"const": "onnx"}, "base64": {"type": "string", "maxLength": 87384, "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"}}},
    "ModelOutput": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["name", "value"], "properties": {"name": {"$ref": "TensorName"}, "value": {"$ref": "Tensor"}}},
    "ModelRunParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["model", "inputs", "outputs"], "properties": {"model": {"$ref": "Handle"}, "inputs": {"type": "array", "maxItems": 256, "items": {"$ref": "ModelInput"}}, "outputs": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "TensorName"}}}},
    "ModelUnloadParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["model"], "properties": {"model": {"$ref": "Handle"}}},
    "ModuleBytes": {"type": "string", "minLength": 4, "maxLength": 699052, "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"},
    "ModuleParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["module"], "properties": {"module": {"$ref": "Handle"}}},
    "Optimizer": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["kind", "rate", "momentum"], "properties": {"kind": {"const": "sgd"}, "rate": {"type": "number", "minimum": 0}, "momentum": {"type": "number", "minimum": 0, "maximum": 1}}},
    "PeerCopyParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["source", "destination", "lengthBytes"], "properties": {"source": {"$ref": "Place"}, "destination": {"$ref": "Place"}, "lengthBytes": {"$ref": "PositiveU64"}}},
    "PeerParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device", "peer"], "properties": {"device": {"$ref": "DeviceId"}, "peer": {"$ref": "DeviceId"}}},
    "PhysicalParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["physical"], "properties": {"physical": {"$ref": "Handle"}}},
    "Place": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}}},
    "PositiveU64": {"type": "string", "pattern": "^(?:[1-9][0-9]{0,18}|1[0-7][0-9]{18}|18[0-3][0-9]{17}|184[0-3][0-9]{16}|1844[0-5][0-9]{15}|18446[0-6][0-9]{14}|184467[0-3][0-9]{13}|1844674[0-3][0-9]{12}|184467440[0-6][0-9]{10}|1844674407[0-2][0-9]{9}|18446744073[0-6][0-9]{8}|1844674407370[0-8][0-9]{6}|18446744073709[0-4][0-9]{5}|184467440737095[0-4][0-9]{4}|18446744073709550[0-9]{3}|18446744073709551[0-5][0-9]{2}|1844674407370955160[0-9]|1844674407370955161[0-5])$"},
    "ProgramFormat": {"type": "string", "pattern": "^[a-z0-9][a-z0-9._+-]{0,31}$"},
    "ProtocolVersion": {"type": "string", "pattern": "^(?:0|[1-9][0-9]{0,3})\\.(?:0|[1-9][0-9]{0,3})$"},
    "ReadHostParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["host", "offsetBytes", "lengthBytes"], "properties": {"host": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "lengthBytes": {"type": "integer", "minimum": 1, "maximum": 65536}}},
    "ReadParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes", "lengthBytes"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "lengthBytes": {"type": "integer", "minimum": 1, "maximum": 65536}}},
    "ReadTelemetryParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device"], "properties": {"device": {"$ref": "DeviceId"}}},
    "RegisterParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["device", "host"], "properties": {"device": {"$ref": "DeviceId"}, "host": {"$ref": "Handle"}}},
    "Request": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["jsonrpc", "id", "method"], "properties": {"jsonrpc": {"const": "2.0"}, "id": {"$ref": "RequestId"}, "method": {"type": "string"}, "params": {"type": ["object", "array"]}}},
    "RequestId": {"oneOf": [{"type": "string", "pattern": "^[\\s\\S]{1,128}$"}, {"type": "integer", "minimum": -9007199254740991, "maximum": 9007199254740991}]},
    "RestoreTrainingParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["training", "parameters", "velocities"], "properties": {"training": {"$ref": "Handle"}, "parameters": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "ModelOutput"}}, "velocities": {"type": "array", "minItems": 1, "maxItems": 256, "items": {"$ref": "ModelOutput"}}}},
    "RuntimeVersion": {"type": "string", "pattern": "^(?:0|[1-9][0-9]{0,3})\\.(?:0|[1-9][0-9]{0,3})$"},
    "ScalarArgument": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["scalar"], "properties": {"scalar": {"type": "string", "pattern": "^(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/]{5}[AQgw]==|[A-Za-z0-9+/]{10}[AEIMQUYcgkosw048]=)$"}}},
    "Share": {"type": "string", "pattern": "^[A-Za-z0-9+/=._:-]{1,4096}$"},
    "StreamCallbackParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "enter", "leave"], "properties": {"stream": {"$ref": "Handle"}, "enter": {"$ref": "Handle"}, "leave": {"$ref": "Handle"}}},
    "StreamCopyParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "source", "destination", "lengthBytes"], "properties": {"stream": {"$ref": "Handle"}, "source": {"$ref": "Place"}, "destination": {"$ref": "Place"}, "lengthBytes": {"$ref": "PositiveU64"}}},
    "StreamEventParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "event"], "properties": {"stream": {"$ref": "Handle"}, "event": {"$ref": "Handle"}}},
    "StreamParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream"], "properties": {"stream": {"$ref": "Handle"}}},
    "StreamWriteParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream", "allocation", "offsetBytes", "data"], "properties": {"stream": {"$ref": "Handle"}, "allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "data": {"$ref": "Data"}}},
    "SynchronizeEventParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["event"], "properties": {"event": {"$ref": "Handle"}, "timeoutMilliseconds": {"$ref": "TimeoutMilliseconds"}}},
    "SynchronizeStreamParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["stream"], "properties": {"stream": {"$ref": "Handle"}, "timeoutMilliseconds": {"$ref": "TimeoutMilliseconds"}}},
    "Tensor": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["type", "shape", "base64"], "properties": {"type": {"$ref": "ElementType"}, "shape": {"type": "array", "maxItems": 16, "items": {"type": "integer", "minimum": 0, "maximum": 2147483647}}, "base64": {"type": "string", "maxLength": 87384, "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$"}}},
    "TensorCreateParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["value"], "properties": {"value": {"$ref": "Tensor"}}},
    "TensorHandleParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["tensor"], "properties": {"tensor": {"$ref": "Handle"}}},
    "TensorName": {"type": "string", "minLength": 1, "maxLength": 1024},
    "TimeoutMilliseconds": {"type": "integer", "minimum": 0, "maximum": 86400000},
    "TrainingParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["training"], "properties": {"training": {"$ref": "Handle"}}},
    "TrainingStepParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["training", "inputs"], "properties": {"training": {"$ref": "Handle"}, "inputs": {"type": "array", "maxItems": 256, "items": {"$ref": "ModelInput"}}}},
    "U64": {"type": "string", "pattern": "^(?:0|[1-9][0-9]{0,18}|1[0-7][0-9]{18}|18[0-3][0-9]{17}|184[0-3][0-9]{16}|1844[0-5][0-9]{15}|18446[0-6][0-9]{14}|184467[0-3][0-9]{13}|1844674[0-3][0-9]{12}|184467440[0-6][0-9]{10}|1844674407[0-2][0-9]{9}|18446744073[0-6][0-9]{8}|1844674407370[0-8][0-9]{6}|18446744073709[0-4][0-9]{5}|184467440737095[0-4][0-9]{4}|18446744073709550[0-9]{3}|18446744073709551[0-5][0-9]{2}|1844674407370955160[0-9]|1844674407370955161[0-5])$"},
    "UnmapParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}}},
    "WriteHostParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["host", "offsetBytes", "data"], "properties": {"host": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "data": {"$ref": "Data"}}},
    "WriteParams": {"type": "object", "additionalProperties": False, "patternProperties": {"^x-": {}}, "required": ["allocation", "offsetBytes", "data"], "properties": {"allocation": {"$ref": "Handle"}, "offsetBytes": {"$ref": "U64"}, "data": {"$ref": "Data"}}},
}
"""The definitions that requests are checked against."""
