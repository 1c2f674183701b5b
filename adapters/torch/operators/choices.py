# Operators that choose elements, or tell which are chosen or equal.
import torch
import torch.nn.functional as functional

import weights

from .axes import counted


def _compressed(inputs, attributes, outputs):
    x, holds = inputs[0], inputs[1]
    axis = attributes.get("axis")
    if axis is None:
        x, axis = x.flatten(), 0
    return torch.index_select(x, axis, torch.nonzero(holds).flatten())


def _unique(inputs, attributes, outputs):
    x, axis = inputs[0], attributes.get("axis")
    if axis is None:
        x, axis = x.flatten(), 0
    axis = counted(x, axis)
    values, places, counts = torch.unique(x, return_inverse=True, return_counts=True, dim=axis)
    # Of each, where it is first: PyTorch does not tell.
    length = x.size(axis)
    firsts = torch.full((values.size(axis),), length).scatter_reduce(
        0, places, torch.arange(length), "amin"
    )
    if attributes["sorted"]:
        return values, firsts, places, counts
    order = torch.argsort(firsts)
    back = torch.argsort(order)
    return values.index_select(axis, order), firsts[order], back[places], counts[order]


def _hard_maximum(inputs, attributes, outputs):
    x, axis = inputs[0], attributes["axis"]
    return torch.zeros_like(x).scatter(axis, torch.argmax(x, axis, True), 1)


def _eye_like(inputs, attributes, outputs):
    x, code = inputs[0], attributes.get("dtype")
    made = torch.zeros(x.shape, dtype=x.dtype if code is None else weights.dtype_of_code(code))
    made.diagonal(attributes["k"]).fill_(1)
    return made


def _normalized(inputs, attributes, outputs):
    return functional.normalize(inputs[0], attributes["p"], attributes["axis"])


OPERATORS = {
    "Compress": _compressed,
    "EyeLike": _eye_like,
    "Hardmax": _hard_maximum,
    "LpNormalization": _normalized,
    "Unique": _unique,
}
