# Pools: the largest or the mean of each window, or of all that a channel has.
import math

import torch
import torch.nn.functional as functional

from . import windows

LARGEST = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVERAGES = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}


def _max_pool(inputs, attributes, outputs):
    x, kernel = inputs[0], attributes.get("kernel_shape")
    strides, dilations, before, after = windows.window(x, kernel, attributes)
    lowest = float("-inf") if x.is_floating_point() else torch.iinfo(x.dtype).min
    padded, pads = windows.padded(x, before, after, lowest)
    choices = (kernel, strides, pads, dilations, bool(attributes["ceil_mode"]))
    pool = windows.by_rank(LARGEST, x)
    if outputs == 1:
        return pool(padded, *choices)
    y, places = pool(padded, *choices, return_indices=True)
    ahead = [0] * len(pads) if pads == before else before
    return y, _numbered(places, padded.shape[2:], ahead, x, attributes["storage_order"])


def _numbered(places, lengths, ahead, x, by_columns):
    """Places in a padded plane as ONNX counts them: in the whole input, and by columns if it is told."""
    found = []
    for length, pad in zip(reversed(lengths), reversed(ahead)):
        found.insert(0, places % length - pad)
        places = torch.div(places, length, rounding_mode="floor")
    sides = list(zip(found, x.shape[2:]))
    number = torch.arange(math.prod(x.shape[:2])).reshape([*x.shape[:2]] + [1] * len(sides))
    number = number * math.prod(x.shape[2:])
    step = 1
    for at, length in sides if by_columns else reversed(sides):
        number = number + at * step
        step *= length
    return number


def _average_pool(inputs, attributes, outputs):
    x, kernel = inputs[0], attributes.get("kernel_shape")
    strides, _, before, after = windows.window(x, kernel, attributes)
    ceil, counted = bool(attributes["ceil_mode"]), bool(attributes["count_include_pad"])
    pool = windows.by_rank(AVERAGES, x)
    if before == after or counted:
        x, pads = windows.padded(x, before, after)
        return pool(x, kernel, strides, pads, ceil, counted)
    # The mean with zeros, over how much of each window is no pad.
    padded, pads = windows.padded(x, before, after)
    real, _ = windows.padded(torch.ones_like(x), before, after)
    return pool(padded, kernel, strides, pads, ceil) / pool(real, kernel, strides, pads, ceil)


def _along(function):
    """An operator that makes one element of all positions of a channel."""

    def pool(inputs, attributes, outputs):
        x = inputs[0]
        # Of no axes PyTorch reduces all.
        return function(x, list(range(2, x.dim())), True) if x.dim() > 2 else x

    return pool


OPERATORS = {
    "AveragePool": _average_pool,
    "GlobalAveragePool": _along(torch.mean),
    "GlobalMaxPool": _along(torch.amax),
    "MaxPool": _max_pool,
}
