# Models in the ONNX format: read and checked by the onnx package, and run node by node. PyTorch reads none,
# so that what is refused here is refused by the adapter.
import causeway_kit as kit
import onnx
import torch

import attributes
import operators
import tensors
import weights

OLDEST_OPERATOR_SET = 13
NEWEST_OPERATOR_SET = 17
"""Those whose operators are mapped; the onnx package knows no newer one."""


class Model:
    """A model that can be run."""

    def __init__(self, content):
        model, version = _checked(content)
        graph = model.graph
        self.weights = {one.name: weights.tensor_of(one) for one in graph.initializer}
        self._nodes = [_Node(node, version) for node in graph.node]
        self.inputs = [_Value(one) for one in graph.input if one.name not in self.weights]
        self.outputs = [_Value(one) for one in graph.output]
        self._last_uses = _last_uses(graph)

    def check_names(self, given, wanted):
        """Refuses a run that gives other inputs than the model has, or wants other outputs."""
        taken = sorted(value.name for value in self.inputs)
        if sorted(given) != taken or not {value.name for value in self.outputs}.issuperset(wanted):
            raise kit.Refusal("INPUTS", "adapter")

    def run(self, given, wanted):
        """The outputs that are wanted, in that order. `given` has what the model takes, by name."""
        with torch.inference_mode():
            return self.compute(given, wanted)

    def compute(self, given, wanted, trained=()):
        """The same, in a way that can be differentiated. `trained` has weights in the place of the model's own."""
        lengths = {}
        for value in self.inputs:
            value.check(given[value.name], lengths)
        values = {**self.weights, **dict(trained), **given}
        # An input that is left out has no name.
        values[""] = None
        for index, node in enumerate(self._nodes):
            node.run(values)
            for name in self._last_uses.get(index, ()):
                del values[name]
        return [values[name] for name in wanted]


class _Node:
    """One call of an operator."""

    def __init__(self, node, version):
        self._function = operators.OPERATORS[node.op_type]
        self._inputs = list(node.input)
        self._outputs = list(node.output)
        self._attributes = attributes.attributes_of(node, version)
        operators.check(node.op_type, self._attributes, sum(name != "" for name in node.output))

    def run(self, values):
        inputs = [values[name] for name in self._inputs]
        results = self._function(inputs, self._attributes, len(self._outputs))
        if isinstance(results, torch.Tensor):
            results = (results,)
        values.update((name, one) for name, one in zip(self._outputs, results) if name)


class _Value:
    """An input or output as the model declares it."""

    def __init__(self, value):
        if value.type.WhichOneof("value") != "tensor_type":
            raise kit.Refusal("OPERATOR", "adapter", message="only tensors are mapped")
        self.name = value.name
        self._type = weights.type_name(value.type.tensor_type.elem_type)
        tensors.dtype_of(self._type)
        self._shape = [_length(one) for one in value.type.tensor_type.shape.dim]

    def described(self):
        shape = [length if isinstance(length, int) else -1 for length in self._shape]
        return {"name": self.name, "type": self._type, "shape": shape}

    def check(self, tensor, lengths):
        """Refuses a tensor that is not as declared. `lengths` has those that bear a name."""
        fits = tensors.NAMES[tensor.dtype] == self._type and tensor.dim() == len(self._shape)
        for declared, length in zip(self._shape, tensor.shape):
            is_named = isinstance(declared, str)
            expected = lengths.setdefault(declared, length) if is_named else declared
            fits = fits and expected in (None, length)
        if not fits:
            raise kit.Refusal("SHAPE", "adapter", message=f"{self.name} is declared otherwise")


def _length(dimension):
    """A number, the name of one that is left open, or None."""
    if dimension.WhichOneof("value") == "dim_value":
        return dimension.dim_value
    return dimension.dim_param or None


def _last_uses(graph):
    """The values that no node takes after the one of an index; what the model gives stays."""
    last = {name: index for index, node in enumerate(graph.node) for name in node.input if name}
    kept = {one.name for one in graph.output} | {""}
    found = {}
    for name, index in last.items():
        if name not in kept:
            found.setdefault(index, []).append(name)
    return found


def _checked(content):
    """The model of these bytes with the version of its operators, or a refusal."""
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:  # The reader's exceptions are those of whatever protobuf it uses.
        raise _no_model(error) from None
    if not model.graph.output:
        raise _no_model("a model without outputs")
    version = next((one.version for one in model.opset_import if one.domain in ("", "ai.onnx")), 0)
    if version > 0:
        if not OLDEST_OPERATOR_SET <= version <= NEWEST_OPERATOR_SET:
            message = f"operator sets {OLDEST_OPERATOR_SET} to {NEWEST_OPERATOR_SET}, not {version}"
            raise kit.Refusal("OPERATOR", "adapter", message=message)
    for node in model.graph.node:
        is_ours = node.domain in ("", "ai.onnx")
        # Without ONNX's operator set an operator of ONNX is no model's: the checker says so.
        if not is_ours or (version > 0 and node.op_type not in operators.OPERATORS):
            raise kit.Refusal("OPERATOR", "adapter", message=f"{node.op_type} is not mapped")
    try:
        onnx.checker.check_model(model)
    except (onnx.checker.ValidationError, ValueError) as error:
        raise _no_model(error) from None
    made = {name for node in model.graph.node for name in node.output}
    made.update(one.name for part in (model.graph.input, model.graph.initializer) for one in part)
    if not made.issuperset(one.name for one in model.graph.output):
        raise _no_model("an output that nothing gives")
    return model, version


def _no_model(why):
    return kit.Refusal("MODEL", "adapter", message=str(why)[:300])
