#!/usr/bin/env python3
# A minimal SNIS 1.0 endpoint for the profile DRV-MEMORY@1, written from the text of the standard: one device,
# whose memory is host memory. "system 8" in a comment means section 8 of spec/system.md.

import base64
import hashlib
import json
import math
import os
import re
import secrets
import struct
import sys
import time
import traceback

REVISION = "1.0"
LONGEST_LINE = 1048576

# This endpoint is itself the product: it names itself as the adapter, and every refusal has origin native.
PRODUCT = {"vendor": "Example", "name": "Host memory driver", "version": "1.0"}
ADAPTER = {"name": "Host memory driver", "version": "1.0"}
CAPABILITIES = {"driver.device": True, "driver.memory": True, "driver.memory.copy": True, "driver.memory.fill": True,
                "driver.memory.info": True}

# The standard methods whose capabilities are not declared (system 6): each is refused with FEATURE.
UNDECLARED_METHODS = {
    "system.cancel", "driver.stream.create", "driver.stream.destroy", "driver.stream.query",
    "driver.stream.synchronize", "driver.stream.waitEvent", "driver.stream.write", "driver.stream.copy",
    "driver.stream.callback", "driver.stream.graph.begin", "driver.stream.graph.end", "driver.stream.graph.launch",
    "driver.stream.graph.destroy", "driver.module.load", "driver.module.unload", "driver.kernel.get",
    "driver.kernel.launch",
    "driver.event.create", "driver.event.destroy", "driver.event.record", "driver.event.query",
    "driver.event.synchronize", "driver.event.host.create", "driver.event.host.signal",
    "driver.event.timing.create", "driver.event.timing.elapsed",
    "driver.memory.host.allocate", "driver.memory.host.free", "driver.memory.host.write", "driver.memory.host.read",
    "driver.memory.register", "driver.memory.managed.allocate", "driver.memory.managed.store",
    "driver.memory.managed.load", "driver.memory.ordered.allocate", "driver.memory.ordered.free",
    "driver.memory.virtual.reserve", "driver.memory.virtual.create",
    "driver.memory.virtual.map", "driver.memory.virtual.unmap", "driver.memory.virtual.destroy",
    "driver.memory.export", "driver.memory.import", "driver.peer.query", "driver.peer.enable", "driver.peer.disable",
    "driver.peer.copy", "driver.telemetry.read", "framework.model.load", "framework.model.run",
    "framework.model.unload", "framework.tensor.create", "framework.tensor.read", "framework.tensor.free",
    "framework.model.gradient", "framework.training.begin", "framework.training.step",
    "framework.training.checkpoint", "framework.training.restore", "framework.training.end"}

TOTAL_BYTES = 1024 * 1024 * 1024
LARGEST_ALLOCATION = 256 * 1024 * 1024
FILL_PATTERN_LENGTHS = [1, 2, 4, 8, 16]
MEMORY = {"totalBytes": str(TOTAL_BYTES), "maxAllocationBytes": str(LARGEST_ALLOCATION), "granularityBytes": "1",
          "overlappingCopy": "memmove", "fillPatternBytes": FILL_PATTERN_LENGTHS}
# The device takes no programs; i8 and u8 are what every device has to name.
DEVICE = {"device": "host-0", "vendor": "Example", "name": "Host memory", "driverVersion": "1.0",
          "runtimeVersion": "1.0", "dataTypes": ["i8", "u8"], "programFormats": [], "memory": MEMORY}

# The rows of spec/errors.yaml that this endpoint uses: code, canonical, retryable, message.
ERRORS = {
    "PARSE": (-32700, "INVALID_ARGUMENT", False, "The line is not JSON."),
    "ENVELOPE": (-32600, "INVALID_ARGUMENT", False, "The message is not a JSON-RPC 2.0 request."),
    "METHOD": (-32601, "UNIMPLEMENTED", False, "The standard has no method of this name."),
    "FIELD": (-32602, "INVALID_ARGUMENT", False, "The parameters do not validate against the method's schema."),
    "INTERNAL": (-32603, "INTERNAL", False, "The endpoint failed by its own fault."),
    "UNSUPPORTED_VERSION": (1001, "INVALID_ARGUMENT", False, "No offered revision is spoken here."),
    "NOT_INITIALIZED": (1002, "FAILED_PRECONDITION", False, "The session is not ready."),
    "ALREADY_INITIALIZED": (1003, "ALREADY_EXISTS", False, "The session is ready; it is initialized once."),
    "FEATURE": (1004, "UNIMPLEMENTED", False, "The method's capability is not declared."),
    "DEVICE": (2001, "NOT_FOUND", False, "No device has this id."),
    "HANDLE_INVALID": (2002, "NOT_FOUND", False, "The handle was never given out, or its allocation is gone."),
    "DEVICE_MEMORY": (2003, "RESOURCE_EXHAUSTED", True, "The device has not enough memory left."),
    "HOST_MEMORY": (2004, "RESOURCE_EXHAUSTED", True, "The host has not enough memory left."),
    "SIZE": (2005, "INVALID_ARGUMENT", False, "The size is zero, too large, or not one that the method takes."),
    "COPY_RANGE": (2006, "OUT_OF_RANGE", False, "The range does not lie within its allocation."),
}


class Refusal(Exception):
    """A reason, and with FIELD the place of the fault: the names of the members that lead to it, from params on."""

    def __init__(self, reason, place=()):
        super().__init__(reason)
        self.reason = reason
        self.place = list(place)


def require(condition, reason):
    if not condition:
        raise Refusal(reason)


# Checks of parameters (system 3 and spec/protocol.md). A check takes a value of the message and returns it in
# the form that the methods use, or refuses it with FIELD.

def check_member(name, value, check):
    """Checks what lies within a member, and puts the member's name before the place of a fault."""
    try:
        return check(value)
    except Refusal as refusal:
        refusal.place.insert(0, name)
        raise


def check_members(value, checks):
    require(type(value) is dict, "FIELD")
    unknown = [name for name in value if name not in checks and not name.startswith("x-")]
    missing = [name for name in checks if name not in value and name not in OPTIONAL_MEMBERS]
    for name in unknown + missing:
        raise Refusal("FIELD", [name])
    return {name: check_member(name, value[name], check) for name, check in checks.items() if name in value}


def object_of(checks):
    return lambda value: check_members(value, checks)


def list_of(check, most):
    def check_list(value):
        require(type(value) is list and 1 <= len(value) <= most, "FIELD")
        return [check_member(str(index), item, check) for index, item in enumerate(value)]
    return check_list


def text_of(pattern):
    def check(value):
        require(type(value) is str and re.fullmatch(pattern, value), "FIELD")
        return value
    return check


def u64_from(least):
    def check(value):
        number = int(decimal(value))
        require(least <= number < 2**64, "FIELD")
        return number
    return check


label = text_of(r"[\s\S]{1,256}")
device_id = text_of(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
handle = text_of(r"[a-z]+_[A-Za-z0-9_-]{8,64}")
revision = text_of(r"(?:0|[1-9][0-9]{0,3})\.(?:0|[1-9][0-9]{0,3})")
decimal = text_of(r"0|[1-9][0-9]{0,19}")
base64_text = text_of(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?")
generator_text = text_of(r"[^\ud800-\udfff]{0,256}")  # half a surrogate pair has no UTF-8 form
u64 = u64_from(0)
positive_u64 = u64_from(1)


def read_length(value):
    number = integer(value)
    require(number is not None and 1 <= number <= 65536, "FIELD")
    return number


def literal_bytes(value):
    require(4 <= len(base64_text(value)) <= 87384, "FIELD")
    return base64.b64decode(value)


def data(value):
    """Bytes in the message, or the name of bytes; never both."""
    require(type(value) is dict, "FIELD")
    return check_members(value, {"generator": generator} if "generator" in value else {"base64": literal_bytes})


def integer(value):
    """The integer that a JSON number means (1.0 is 1), or None; true and false are not numbers."""
    if type(value) is float and value.is_integer():
        return int(value)
    return value if type(value) is int else None


OPTIONAL_MEMBERS = ("visibleDevices", "runtimeVersion")  # no other params have an optional member
place = {"allocation": handle, "offsetBytes": u64}
client = object_of({"name": label, "version": label})
generator = object_of(
    {"kind": text_of("shake128"), "seed": generator_text, "label": generator_text, "length": positive_u64})


def generate(named):
    """The bytes that a generator names (system 9)."""
    seed, name = named["seed"].encode("utf-8"), named["label"].encode("utf-8")
    framed = struct.pack("<Q", len(seed)) + seed + struct.pack("<Q", len(name)) + name
    content = bytearray()
    while len(content) < named["length"]:
        number = struct.pack("<Q", len(content) // 65536)
        size = min(65536, named["length"] - len(content))
        content += hashlib.shake_128(framed + number).digest(size)
    return content


class Session:
    def __init__(self):
        self.state = "new"
        self.allocations = {}
        self.nonce = secrets.token_hex(8)
        self.allocation_count = 0

    def initialize(self, params):
        # Neither driver.visibility nor driver.compatibility is declared, so visibleDevices and runtimeVersion are
        # checked and ignored (system 4).
        require(REVISION in params["protocolVersions"], "UNSUPPORTED_VERSION")
        self.state = "ready"
        return {"protocolVersion": REVISION, "product": PRODUCT, "adapter": ADAPTER, "capabilities": CAPABILITIES,
                "methods": {name: "native" for name in METHODS}}

    def ping(self, params):
        return {}

    def clock(self, params):
        """The system's monotonic clock, whose steps are as small as the system says, and never below a nanosecond."""
        step = time.get_clock_info("monotonic").resolution
        return {"nanoseconds": str(time.monotonic_ns()), "resolutionNanoseconds": str(math.ceil(step * 1e9))}

    def shutdown(self, params):
        self.allocations.clear()
        self.state = "closed"
        return {}

    def list_devices(self, params):
        return {"devices": [DEVICE]}

    def get_device(self, params):
        require(params["device"] == DEVICE["device"], "DEVICE")
        return DEVICE

    def memory_info(self, params):
        require(params["device"] == DEVICE["device"], "DEVICE")
        return {"totalBytes": str(TOTAL_BYTES), "freeBytes": str(self.free_bytes())}

    def allocate(self, params):
        require(params["device"] == DEVICE["device"], "DEVICE")
        size = params["sizeBytes"]
        require(0 < size <= LARGEST_ALLOCATION, "SIZE")
        require(size <= self.free_bytes(), "DEVICE_MEMORY")
        memory = bytearray(size)
        self.allocation_count += 1
        new_handle = f"allocation_{self.nonce}-{self.allocation_count}"
        self.allocations[new_handle] = memory
        return {"allocation": new_handle}

    def free(self, params):
        self.find(params["allocation"])
        del self.allocations[params["allocation"]]
        return {}

    def write(self, params):
        memory, offset, content = self.find(params["allocation"]), params["offsetBytes"], params["data"]
        if "generator" in content:
            target = self.range_of(memory, offset, content["generator"]["length"])
            target[:] = generate(content["generator"])
        else:
            target = self.range_of(memory, offset, len(content["base64"]))
            target[:] = content["base64"]
        return {}

    def read(self, params):
        content = self.range_of(self.find(params["allocation"]), params["offsetBytes"], params["lengthBytes"])
        return {"base64": base64.b64encode(content).decode("ascii")}

    def digest(self, params):
        content = self.range_of(self.find(params["allocation"]), params["offsetBytes"], params["lengthBytes"])
        return {"sha256": hashlib.sha256(content).hexdigest()}

    def copy(self, params):
        source, destination, length = params["source"], params["destination"], params["lengthBytes"]
        source_memory = self.find(source["allocation"])
        destination_memory = self.find(destination["allocation"])
        source_bytes = self.range_of(source_memory, source["offsetBytes"], length)
        destination_bytes = self.range_of(destination_memory, destination["offsetBytes"], length)
        destination_bytes[:] = bytes(source_bytes)
        return {}

    def fill(self, params):
        memory, offset, length = self.find(params["allocation"]), params["offsetBytes"], params["lengthBytes"]
        pattern = params["pattern"]
        target = self.range_of(memory, offset, length)
        require(len(pattern) in FILL_PATTERN_LENGTHS, "SIZE")
        require(offset % len(pattern) == 0 and length % len(pattern) == 0, "SIZE")
        target[:] = pattern * (length // len(pattern))
        return {}

    def find(self, allocation):
        require(allocation in self.allocations, "HANDLE_INVALID")
        return self.allocations[allocation]

    def range_of(self, memory, offset, length):
        """The bytes of a range, in place."""
        require(offset + length <= len(memory), "COPY_RANGE")  # the integers of Python do not wrap
        return memoryview(memory)[offset:offset + length]

    def free_bytes(self):
        return TOTAL_BYTES - sum(len(memory) for memory in self.allocations.values())


# Every standard method: the checks of its params, and what carries it out.
METHODS = {
    "system.initialize": (
        {"protocolVersions": list_of(revision, 64), "client": client, "visibleDevices": list_of(device_id, 128),
         "runtimeVersion": revision},
        Session.initialize),
    "system.ping": ({}, Session.ping),
    "system.clock": ({}, Session.clock),
    "system.shutdown": ({}, Session.shutdown),
    "driver.device.list": ({}, Session.list_devices),
    "driver.device.get": ({"device": device_id}, Session.get_device),
    "driver.memory.info": ({"device": device_id}, Session.memory_info),
    "driver.memory.allocate": ({"device": device_id, "sizeBytes": u64}, Session.allocate),
    "driver.memory.free": ({"allocation": handle}, Session.free),
    "driver.memory.write": ({**place, "data": data}, Session.write),
    "driver.memory.read": ({**place, "lengthBytes": read_length}, Session.read),
    "driver.memory.digest": ({**place, "lengthBytes": positive_u64}, Session.digest),
    "driver.memory.copy": (
        {"source": object_of(place), "destination": object_of(place), "lengthBytes": positive_u64}, Session.copy),
    "driver.memory.fill": ({**place, "lengthBytes": positive_u64, "pattern": literal_bytes}, Session.fill),
}


def read_id(message):
    """The id of a request, or None where the standard does not admit it."""
    value = message["id"]
    if type(value) is str:
        return value if 1 <= len(value) <= 128 else None
    number = integer(value)
    return number if number is not None and abs(number) < 2**53 else None


def serve(session, message):
    """The result of one request. The checks come in the order of system 8."""
    method, params = message.get("method"), message.get("params", {})
    require(read_id(message) is not None and message.get("jsonrpc") == "2.0", "ENVELOPE")
    require(type(method) is str and type(params) in (dict, list), "ENVELOPE")
    require(all(name in ("jsonrpc", "id", "method", "params") or name.startswith("x-") for name in message), "ENVELOPE")
    require(method in METHODS or method in UNDECLARED_METHODS, "METHOD")
    require(session.state == "ready" or (session.state == "new" and method == "system.initialize"), "NOT_INITIALIZED")
    require(session.state == "new" or method != "system.initialize", "ALREADY_INITIALIZED")
    require(method in METHODS, "FEATURE")
    checks, carry_out = METHODS[method]
    return carry_out(session, check_members(params, checks))


def pointer(place):
    """The JSON Pointer to a place, or to the nearest object around it whose pointer is not too long."""
    text = "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in place)
    return text if len(text) <= 1024 else pointer(place[:-1])


def refuse(identifier, layer, refusal):
    reason = refusal.reason
    code, canonical, retryable, text = ERRORS[reason]
    details = {"canonical": canonical, "reason": reason, "origin": "native", "retryable": retryable, "layer": layer}
    if reason == "FIELD":
        details["field"] = pointer(refusal.place)
    elif layer != "system":
        details["vendorName"] = reason  # the native interface is SNIS itself (system 7)
    if reason == "UNSUPPORTED_VERSION":
        details["supportedVersions"] = [REVISION]
    return {"jsonrpc": "2.0", "id": identifier, "error": {"code": code, "message": text, "data": details}}


def refuse_constant(text):
    raise ValueError(text + " is not JSON")  # Python's parser would take NaN and Infinity


def answer(session, line):
    """The reply to one line, or None where it gets none."""
    try:
        message = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return refuse(None, "system", Refusal("PARSE"))
    if type(message) is not dict:
        return refuse(None, "system", Refusal("ENVELOPE"))
    if "id" not in message:
        return None  # a notification (system 10)
    try:
        return {"jsonrpc": "2.0", "id": read_id(message), "result": serve(session, message)}
    except Refusal as caught:
        refusal = caught
    except MemoryError:
        refusal = Refusal("HOST_MEMORY")
    except Exception:
        traceback.print_exc()
        refusal = Refusal("INTERNAL")
    layer = "system" if refusal.reason in ("ENVELOPE", "METHOD") else message["method"].split(".")[0]
    return refuse(read_id(message), layer, refusal)


def main():
    descriptor = os.environ.get("CAUSEWAY_REPLY_FD", "1")
    if not re.fullmatch("[0-9]+", descriptor):
        sys.exit("CAUSEWAY_REPLY_FD is not a decimal number")
    replies = os.fdopen(int(descriptor), "wb")

    def send(reply):
        replies.write(json.dumps(reply).encode("ascii") + b"\n")
        replies.flush()

    session = Session()
    line = sys.stdin.buffer.readline(LONGEST_LINE + 1)
    while line.endswith(b"\n"):
        reply = answer(session, line)
        if reply is not None:
            send(reply)
        line = sys.stdin.buffer.readline(LONGEST_LINE + 1)
    # What is left is longer than a line may be, or was cut when stdin closed, or is nothing.
    if len(line) > LONGEST_LINE:
        send(refuse(None, "system", Refusal("PARSE")))


main()
