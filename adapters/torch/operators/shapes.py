# Operators that make shapes, types and constants, or give the same elements another shape.
import math

import causeway_kit as kit
import torch

import weights

from .axes import counted


def _constant(inputs, attributes, outputs):
    for name, dtype in (
        ("value_float", torch.float32),
        ("value_floats", torch.float32),
        ("value_int", torch.int64),
        ("value_ints", torch.int64),
    ):
        if attributes.get(name) is not None:
            return torch.tensor(attributes.get(name), dtype=dtype)
    return attributes.get("value")


def _filled(inputs, attributes, outputs):
    value = attributes.get("value", torch.zeros(1))
    return torch.full(inputs[0].tolist(), value.item(), dtype=value.dtype)


def _cast(inputs, attributes, outputs):
    return inputs[0].to(weights.dtype_of_code(attributes.get("to")))


def _range(inputs, attributes, outputs):
    start, limit, step = (one.item() for one in inputs)
    if (limit - start) * step < 0:
        # ONNX has no element then, where PyTorch has no such range.
        limit = start
    return torch.arange(start, limit, step, dtype=inputs[0].dtype)


def _shape(inputs, attributes, outputs):
    lengths = list(inputs[0].shape)[attributes.get("start", 0) : attributes.get("end")]
    return torch.tensor(lengths, dtype=torch.int64)


def _reshape(inputs, attributes, outputs):
    x, shape = inputs[0], inputs[1].tolist()
    if not attributes.get("allowzero", 0):
        shape = [x.size(axis) if length == 0 else length for axis, length in enumerate(shape)]
    return x.reshape(shape)


def _flatten(inputs, attributes, outputs):
    x, axis = inputs[0], attributes["axis"]
    lengths = list(x.shape)
    if not -len(lengths) <= axis <= len(lengths):
        raise kit.Refusal("SHAPE", "adapter", message=f"no axis {axis}")
    axis = axis + len(lengths) if axis < 0 else axis
    return x.reshape(math.prod(lengths[:axis]), math.prod(lengths[axis:]))


def _squeeze(inputs, attributes, outputs):
    x = inputs[0]
    if len(inputs) < 2 or inputs[1] is None:
        return x.squeeze()
    for axis in sorted((counted(x, axis) for axis in inputs[1].tolist()), reverse=True):
        x = x.squeeze(axis)
    return x


def _unsqueeze(inputs, attributes, outputs):
    x, axes = inputs[0], inputs[1].tolist()
    rank = x.dim() + len(axes)
    for axis in sorted(axis + rank if axis < 0 else axis for axis in axes):
        x = x.unsqueeze(axis)
    return x


def _expand(inputs, attributes, outputs):
    x, shape = inputs[0], inputs[1].tolist()
    return x.expand(torch.broadcast_shapes(x.shape, shape))


def _transpose(inputs, attributes, outputs):
    axes = range(inputs[0].dim())
    return inputs[0].permute(attributes.get("perm", list(reversed(axes))))


OPERATORS = {
    "Cast": _cast,
    "CastLike": lambda inputs, attributes, outputs: inputs[0].to(inputs[1].dtype),
    "Constant": _constant,
    "ConstantOfShape": _filled,
    "Expand": _expand,
    "Flatten": _flatten,
    "Range": _range,
    "Reshape": _reshape,
    "Shape": _shape,
    "Size": lambda inputs, attributes, outputs: torch.tensor(inputs[0].numel()),
    "Squeeze": _squeeze,
    "Transpose": _transpose,
    "Unsqueeze": _unsqueeze,
}
