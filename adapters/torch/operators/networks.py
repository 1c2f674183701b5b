# Operators of neural networks: products of matrices, convolutions and normalizations.
import torch
import torch.nn.functional as functional

from . import axes, windows

CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}


def _convolution(inputs, attributes, outputs):
    x, weight, bias = (*inputs, None)[:3]
    strides, dilations, before, after = windows.window(x, weight.shape[2:], attributes)
    x, pads = windows.padded(x, before, after)
    groups = attributes["group"]
    return windows.by_rank(CONVOLUTIONS, x)(x, weight, bias, strides, pads, dilations, groups)


def _cut(x, kernel, strides, dilations, extra, attributes):
    """What is cut off a transposed convolution before and after."""
    rank, auto = x.dim() - 2, attributes["auto_pad"]
    asked = attributes.get("output_shape")
    if auto.startswith("SAME") and asked is None:
        asked = [length * stride for length, stride in zip(x.shape[2:], strides)]
    if asked is None:
        pads = attributes.get("pads", [0] * 2 * rank) if auto == "NOTSET" else [0] * 2 * rank
        return pads[:rank], pads[rank:]
    sides = zip(x.shape[2:], kernel, strides, dilations, extra, asked[-rank:])
    total = [
        stride * (length - 1) + more + (size - 1) * dilation + 1 - wanted
        for length, size, stride, dilation, more, wanted in sides
    ]
    return map(list, windows.halves(total, auto != "SAME_UPPER"))


def _transposed_convolution(inputs, attributes, outputs):
    x, weight, bias = (*inputs, None)[:3]
    strides, dilations = windows.steps(x, attributes)
    extra = attributes.get("output_padding", [0] * len(strides))
    before, after = _cut(x, weight.shape[2:], strides, dilations, extra, attributes)
    # PyTorch has as many pads behind as before: what is more on one side is cut off there.
    pads = [max(min(first, last), 0) for first, last in zip(before, after)]
    more = [one + max(-last, 0) for one, last in zip(extra, after)]
    function, groups = windows.by_rank(TRANSPOSED, x), attributes["group"]
    y = function(x, weight, bias, strides, pads, more, groups, dilations)
    for axis, (first, last, pad) in enumerate(zip(before, after, pads), start=2):
        cut = max(first - pad, 0)
        y = y.narrow(axis, cut, y.shape[axis] - cut - max(last - pad, 0))
    return y


def _batch_normalization(inputs, attributes, outputs):
    x, scale, bias, mean, variance = inputs
    return functional.batch_norm(x, mean, variance, scale, bias, False, 0.0, attributes["epsilon"])


def _instance_normalization(inputs, attributes, outputs):
    x, scale, bias = inputs
    return functional.instance_norm(x, weight=scale, bias=bias, eps=attributes["epsilon"])


def _layer_normalization(inputs, attributes, outputs):
    x, scale, bias = (*inputs, None)[:3]
    axis = axes.counted(x, attributes["axis"])
    normalized = x.shape[axis:]
    scale, bias = (one if one is None else one.expand(normalized) for one in (scale, bias))
    return torch.native_layer_norm(x, normalized, scale, bias, attributes["epsilon"])


def _dropout(inputs, attributes, outputs):
    x, ratio, training = (*inputs, None, None)[:3]
    if training is None or not training.item():
        return x, torch.ones_like(x, dtype=torch.bool)
    kept = functional.dropout(torch.ones_like(x), 0.5 if ratio is None else ratio.item())
    return x * kept, kept != 0


def _response_normalization(inputs, attributes, outputs):
    x, size = inputs[0], attributes.get("size")
    choices = (size, attributes["alpha"], attributes["beta"], attributes["bias"])
    if size % 2 != 0:
        return functional.local_response_norm(x, *choices)
    # Of an even number PyTorch has one more channel before than behind, and ONNX one less.
    return functional.local_response_norm(x.flip(1), *choices).flip(1)


def _general_product(inputs, attributes, outputs):
    a, b, c = (*inputs, None)[:3]
    a = a.t() if attributes["transA"] else a
    b = b.t() if attributes["transB"] else b
    alpha, beta = attributes["alpha"], attributes["beta"]
    if not a.is_floating_point():
        alpha, beta = int(alpha), int(beta)
    return alpha * torch.mm(a, b) if c is None else torch.addmm(c, a, b, beta=beta, alpha=alpha)


def _sum_of_products(inputs, attributes, outputs):
    # A sum of integers has 64 bits where PyTorch is not told, and here it cannot be.
    return torch.einsum(attributes.get("equation"), *inputs).to(inputs[0].dtype)


OPERATORS = {
    "BatchNormalization": _batch_normalization,
    "Conv": _convolution,
    "ConvTranspose": _transposed_convolution,
    "Dropout": _dropout,
    "Einsum": _sum_of_products,
    "Gemm": _general_product,
    "InstanceNormalization": _instance_normalization,
    "LRN": _response_normalization,
    "LayerNormalization": _layer_normalization,
    "MatMul": lambda inputs, attributes, outputs: torch.matmul(inputs[0], inputs[1]),
}
