# Operators between numbers and the small integers that stand for them.
import causeway_kit as kit
import torch

from .axes import counted

QUANTIZED = {torch.uint8: torch.quint8, torch.int8: torch.qint8}


def _along(one, x, attributes):
    """One scale or zero point for each index along the axis, in a shape that broadcasts to `x`."""
    if one.dim() == 0:
        return one
    return one.reshape([-1] + [1] * (x.dim() - 1 - counted(x, attributes["axis"])))


def _quantized(inputs, attributes, outputs):
    x, scale, zero = (*inputs, None)[:3]
    if not x.is_floating_point():
        raise kit.Refusal("OPERATOR", "adapter", message="PyTorch quantizes floats alone")
    zero = torch.zeros_like(scale, dtype=torch.uint8) if zero is None else zero
    dtype = QUANTIZED[zero.dtype]
    if scale.dim() == 0:
        made = torch.quantize_per_tensor(x, scale.item(), zero.item(), dtype)
    else:
        axis = counted(x, attributes["axis"])
        made = torch.quantize_per_channel(x, scale, zero.to(torch.int64), axis, dtype)
    return made.int_repr()


def _dequantized(inputs, attributes, outputs):
    x, scale, zero = (*inputs, None)[:3]
    # In integers that hold the difference.
    x = x.to(torch.int32)
    if zero is not None:
        x = x - _along(zero, x, attributes)
    return x * _along(scale, x, attributes)


def _dynamically_quantized(inputs, attributes, outputs):
    x = inputs[0]
    least, most = torch.clamp(x.min(), max=0), torch.clamp(x.max(), min=0)
    scale = (most - least) / 255
    zero = torch.clamp(torch.round(-least / scale), 0, 255).to(torch.uint8)
    made = torch.quantize_per_tensor(x, scale.item(), zero.item(), torch.quint8)
    return made.int_repr(), scale, zero


def _integer_product(inputs, attributes, outputs):
    a, b, a_zero, b_zero = (*inputs, None, None)[:4]
    a, b = a.to(torch.int32), b.to(torch.int32)
    if a_zero is not None:
        # One for all, or one for each row.
        a = a - (a_zero.unsqueeze(-1) if a_zero.dim() == 1 else a_zero)
    if b_zero is not None:
        b = b - b_zero
    return torch.matmul(a, b)


OPERATORS = {
    "DequantizeLinear": _dequantized,
    "DynamicQuantizeLinear": _dynamically_quantized,
    "MatMulInteger": _integer_product,
    "QuantizeLinear": _quantized,
}
