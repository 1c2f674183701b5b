# Windows that go over the dimensions of a tensor behind the first two: where they lie, and what is put around it.
import math

import causeway_kit as kit
import torch.nn.functional as functional


def by_rank(functions, x):
    rank = x.dim() - 2
    if rank not in functions:
        message = f"PyTorch has one, two and three dimensions here, not {rank}"
        raise kit.Refusal("OPERATOR", "adapter", message=message)
    return functions[rank]


def steps(x, attributes):
    """Strides and dilations, for each dimension that a window moves along."""
    rank = x.dim() - 2
    return (attributes.get(name, [1] * rank) for name in ("strides", "dilations"))


def halves(total, lower):
    """A padding's two parts; where it is odd, the larger is the first if `lower` says so."""
    pairs = [(one // 2, one - one // 2) for one in total]
    return zip(*((last, first) if lower else (first, last) for first, last in pairs))


def window(x, kernel, attributes):
    """Strides, dilations and pads before and after, for each dimension that a window moves along."""
    rank = x.dim() - 2
    strides, dilations = steps(x, attributes)
    auto = attributes["auto_pad"]
    if auto.startswith("SAME"):
        sides = zip(x.shape[2:], kernel, strides, dilations)
        # As many windows as strides begin in the input.
        total = [
            max((math.ceil(length / stride) - 1) * stride + (size - 1) * dilation + 1 - length, 0)
            for length, size, stride, dilation in sides
        ]
        before, after = map(list, halves(total, auto == "SAME_LOWER"))
        return strides, dilations, before, after
    pads = attributes.get("pads", [0] * 2 * rank) if auto == "NOTSET" else [0] * 2 * rank
    return strides, dilations, pads[:rank], pads[rank:]


def padded(x, before, after, value=0.0):
    """The input with pads, and those that are left to do: PyTorch has the same on both sides."""
    if before == after:
        return x, before
    pairs = list(zip(before, after))[::-1]
    x = functional.pad(x, [one for pair in pairs for one in pair], value=value)
    return x, [0] * len(before)
