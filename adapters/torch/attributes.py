# The attributes of a node, read once.
import onnx

import weights


class Attributes:
    """What a node says beside its inputs; what it does not say is asked for with what stands in its place."""

    def __init__(self, node):
        self._values = {one.name: _value(one) for one in node.attribute}

    def get(self, name, otherwise=None):
        return self._values.get(name, otherwise)

    def __len__(self):
        return len(self._values)


def _value(attribute):
    value = onnx.helper.get_attribute_value(attribute)
    if attribute.type == onnx.AttributeProto.STRING:
        return value.decode("utf-8", "replace")
    if attribute.type == onnx.AttributeProto.TENSOR:
        return weights.tensor_of(value)
    return list(value) if attribute.type in (onnx.AttributeProto.INTS, onnx.AttributeProto.FLOATS) else value
