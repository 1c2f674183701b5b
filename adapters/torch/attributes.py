# The attributes of a node, read once, with what the operator's definition has for those that it leaves
# out: a number there is of binary32, as one in a model's file is.
import functools

import onnx

import weights


def attributes_of(node, version):
    """The attributes by name; one that is optional and left out is not there."""
    given = {one.name: _value(one) for one in node.attribute}
    return {**_defaults(node.op_type, version), **given}


@functools.lru_cache(maxsize=None)
def _defaults(operator, version):
    schema = onnx.defs.get_schema(operator, version, "")
    defaults = (one.default_value for one in schema.attributes.values())
    return {one.name: _value(one) for one in defaults if one.type != onnx.AttributeProto.UNDEFINED}


def _value(attribute):
    value = onnx.helper.get_attribute_value(attribute)
    if attribute.type == onnx.AttributeProto.STRING:
        return value.decode("utf-8", "replace")
    if attribute.type == onnx.AttributeProto.TENSOR:
        return weights.tensor_of(value)
    if attribute.type in (onnx.AttributeProto.INTS, onnx.AttributeProto.FLOATS):
        return list(value)
    return value
