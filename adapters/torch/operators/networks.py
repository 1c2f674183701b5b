# Operators of neural networks: products of matrices, convolutions, pools and normalizations.
import causeway_kit as kit
import torch
import torch.nn.functional as functional

from . import axes

CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}
LARGEST = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVERAGES = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}


def _by_rank(functions, x):
    rank = x.dim() - 2
    if rank not in functions:
        message = f"PyTorch has one, two and three dimensions here, not {rank}"
        raise kit.Refusal("OPERATOR", "adapter", message=message)
    return functions[rank]


def _window(x, attributes):
    """Strides, dilations and pads before and after, for each dimension that a window moves along."""
    rank = x.dim() - 2
    strides, dilations = (attributes.get(name, [1] * rank) for name in ("strides", "dilations"))
    pads = attributes.get("pads", [0] * 2 * rank)
    return strides, dilations, pads[:rank], pads[rank:]


def _padded(x, before, after, value=0.0):
    """The input with pads, and those that are left to do: PyTorch has the same on both sides."""
    if before == after:
        return x, before
    pairs = list(zip(before, after))[::-1]
    x = functional.pad(x, [one for pair in pairs for one in pair], value=value)
    return x, [0] * len(before)


def _convolution(inputs, attributes, outputs):
    x, weight, bias = (*inputs, None)[:3]
    strides, dilations, before, after = _window(x, attributes)
    x, pads = _padded(x, before, after)
    groups = attributes["group"]
    return _by_rank(CONVOLUTIONS, x)(x, weight, bias, strides, pads, dilations, groups)


def _transposed_convolution(inputs, attributes, outputs):
    x, weight, bias = (*inputs, None)[:3]
    strides, dilations, before, after = _window(x, attributes)
    extra = attributes.get("output_padding", [0] * len(strides))
    # Fewer pads behind are more of the output there; more of them are less, which is cut off.
    extra = [one + first - last for one, first, last in zip(extra, before, after)]
    more, groups = [max(one, 0) for one in extra], attributes["group"]
    y = _by_rank(TRANSPOSED, x)(x, weight, bias, strides, before, more, groups, dilations)
    for axis, one in enumerate(extra, start=2):
        y = y.narrow(axis, 0, y.shape[axis] + min(one, 0))
    return y


def _max_pool(inputs, attributes, outputs):
    x, kernel = inputs[0], attributes.get("kernel_shape")
    strides, dilations, before, after = _window(x, attributes)
    lowest = float("-inf") if x.is_floating_point() else torch.iinfo(x.dtype).min
    x, pads = _padded(x, before, after, lowest)
    ceil = bool(attributes["ceil_mode"])
    return _by_rank(LARGEST, x)(x, kernel, strides, pads, dilations, ceil)


def _average_pool(inputs, attributes, outputs):
    x, kernel = inputs[0], attributes.get("kernel_shape")
    strides, _, before, after = _window(x, attributes)
    ceil, counted = bool(attributes["ceil_mode"]), bool(attributes["count_include_pad"])
    pool = _by_rank(AVERAGES, x)
    if before == after or counted:
        x, pads = _padded(x, before, after)
        return pool(x, kernel, strides, pads, ceil, counted)
    # The mean with zeros, over how much of each window is no pad.
    padded, pads = _padded(x, before, after)
    real, _ = _padded(torch.ones_like(x), before, after)
    return pool(padded, kernel, strides, pads, ceil) / pool(real, kernel, strides, pads, ceil)


def _along(function):
    """An operator that makes one element of all positions of a channel."""

    def pool(inputs, attributes, outputs):
        x = inputs[0]
        # Of no axes PyTorch reduces all.
        return function(x, list(range(2, x.dim())), True) if x.dim() > 2 else x

    return pool


def _batch_normalization(inputs, attributes, outputs):
    x, scale, bias, mean, variance = inputs
    return functional.batch_norm(x, mean, variance, scale, bias, False, 0.0, attributes["epsilon"])


def _instance_normalization(inputs, attributes, outputs):
    x, scale, bias = inputs
    return functional.instance_norm(x, weight=scale, bias=bias, eps=attributes["epsilon"])


def _layer_normalization(inputs, attributes, outputs):
    x, scale, bias = (*inputs, None)[:3]
    axis = axes.counted(x, attributes["axis"])
    return torch.native_layer_norm(x, x.shape[axis:], scale, bias, attributes["epsilon"])


def _dropout(inputs, attributes, outputs):
    x, ratio, training = (*inputs, None, None)[:3]
    if training is None or not training.item():
        return x
    return functional.dropout(x, 0.5 if ratio is None else ratio.item())


def _response_normalization(inputs, attributes, outputs):
    alpha, beta, bias = attributes["alpha"], attributes["beta"], attributes["bias"]
    return functional.local_response_norm(inputs[0], attributes.get("size"), alpha, beta, bias)


def _general_product(inputs, attributes, outputs):
    a, b, c = (*inputs, None)[:3]
    a = a.t() if attributes["transA"] else a
    b = b.t() if attributes["transB"] else b
    alpha, beta = attributes["alpha"], attributes["beta"]
    if not a.is_floating_point():
        alpha, beta = int(alpha), int(beta)
    return alpha * torch.mm(a, b) if c is None else torch.addmm(c, a, b, beta=beta, alpha=alpha)


OPERATORS = {
    "AveragePool": _average_pool,
    "BatchNormalization": _batch_normalization,
    "Conv": _convolution,
    "ConvTranspose": _transposed_convolution,
    "Dropout": _dropout,
    "Einsum": lambda inputs, attributes, outputs: torch.einsum(attributes.get("equation"), *inputs),
    "Gemm": _general_product,
    "GlobalAveragePool": _along(torch.mean),
    "GlobalMaxPool": _along(torch.amax),
    "InstanceNormalization": _instance_normalization,
    "LRN": _response_normalization,
    "LayerNormalization": _layer_normalization,
    "MatMul": lambda inputs, attributes, outputs: torch.matmul(inputs[0], inputs[1]),
    "MaxPool": _max_pool,
}
