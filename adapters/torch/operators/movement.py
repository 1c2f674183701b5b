# Operators that put elements elsewhere: parts, repetitions, and what is found by an index.
import torch
import torch.nn.functional as functional

from .axes import counted

# Where in a dimension, whose last index is given, an index lies that is outside of it.
INSIDE = {
    "edge": lambda places, last: places.clamp(0, last),
    "reflect": lambda places, last: last - (last - places.abs()).abs(),
}


def _split(inputs, attributes, outputs):
    x, axis = inputs[0], attributes["axis"]
    if len(inputs) > 1 and inputs[1] is not None:
        lengths = inputs[1].tolist()
    else:
        lengths = [x.size(axis) // outputs] * outputs
    return torch.split(x, lengths, axis)


def _slice(inputs, attributes, outputs):
    x, starts, ends = inputs[0], inputs[1].tolist(), inputs[2].tolist()
    axes, steps = ([*inputs[3:], None, None])[:2]
    axes = list(range(len(starts))) if axes is None else axes.tolist()
    steps = [1] * len(starts) if steps is None else steps.tolist()
    for start, end, axis, step in zip(starts, ends, axes, steps):
        # PyTorch's slices have no negative step, so that each is a selection by index.
        kept = range(*slice(start, end, step).indices(x.size(axis)))
        x = torch.index_select(x, axis, torch.tensor(list(kept), dtype=torch.int64))
    return x


def _pad(inputs, attributes, outputs):
    x, pads = inputs[0], inputs[1].tolist()
    pairs = list(zip(pads[: x.dim()], pads[x.dim() :]))
    if attributes["mode"] == "constant":
        value = inputs[2].item() if len(inputs) > 2 and inputs[2] is not None else 0
        # PyTorch begins with the last dimension.
        return functional.pad(x, [one for pair in pairs[::-1] for one in pair], "constant", value)
    # The other modes PyTorch has of some numbers of dimensions, and of floats: each is a selection by index.
    for axis, (before, after) in enumerate(pairs):
        places = torch.arange(-before, x.size(axis) + after)
        x = torch.index_select(x, axis, INSIDE[attributes["mode"]](places, x.size(axis) - 1))
    return x


def _from_beginning(indices, length):
    """Indices from the beginning; PyTorch takes negative ones in some calls only."""
    indices = indices.to(torch.int64)
    return torch.where(indices < 0, indices + length, indices)


def _gather(inputs, attributes, outputs):
    x, indices = inputs[0], inputs[1]
    axis = counted(x, attributes["axis"])
    return x[(slice(None),) * axis + (indices.to(torch.int64),)]


def _gather_elements(inputs, attributes, outputs):
    x, axis = inputs[0], attributes["axis"]
    return torch.gather(x, axis, _from_beginning(inputs[1], x.size(axis)))


def _scatter_elements(inputs, attributes, outputs):
    x, axis, reduction = inputs[0], attributes["axis"], attributes.get("reduction", "none")
    indices = _from_beginning(inputs[1], x.size(axis))
    if reduction == "none":
        return torch.scatter(x, axis, indices, inputs[2])
    # torch.scatter takes these too, and has no derivative of them.
    names = {"add": "sum", "mul": "prod"}
    return torch.scatter_reduce(x, axis, indices, inputs[2], names[reduction])


def _gather_nd(inputs, attributes, outputs):
    x, indices, batches = inputs[0], inputs[1], attributes["batch_dims"]
    outer, form = x.shape[:batches], indices.shape[batches:-1]
    # Along the dimensions that both have in common each index stands for itself.
    own = [
        torch.arange(length).reshape([-1] + [1] * (len(outer) - at - 1 + len(form)))
        for at, length in enumerate(outer)
    ]
    return x[(*own, *indices.unbind(-1))]


def _scatter_nd(inputs, attributes, outputs):
    x, indices, updates = inputs
    places = tuple(indices.unbind(-1))
    if attributes.get("reduction", "none") != "mul":
        return torch.index_put(x, places, updates, attributes.get("reduction") == "add")
    # Each element by its number: what multiplies there takes one index each.
    numbers = torch.arange(x.numel()).reshape(x.shape)[places]
    scattered = x.flatten().scatter_reduce(0, numbers.flatten(), updates.flatten(), "prod")
    return scattered.reshape(x.shape)


def _one_hot(inputs, attributes, outputs):
    indices, depth, off, on = inputs[0], int(inputs[1].item()), inputs[2][0], inputs[2][1]
    axis = attributes["axis"]
    axis = axis + indices.dim() + 1 if axis < 0 else axis
    places = torch.arange(depth).reshape([-1] + [1] * (indices.dim() - axis))
    # An index that is beyond the depth sets nothing, where PyTorch's own refuses.
    return torch.where(_from_beginning(indices, depth).unsqueeze(axis) == places, on, off)


def _triangle(inputs, attributes, outputs):
    diagonal = int(inputs[1].item()) if len(inputs) > 1 and inputs[1] is not None else 0
    return (torch.triu if attributes["upper"] else torch.tril)(inputs[0], diagonal)


OPERATORS = {
    "Concat": lambda inputs, attributes, outputs: torch.cat(inputs, attributes.get("axis")),
    "Gather": _gather,
    "GatherElements": _gather_elements,
    "GatherND": _gather_nd,
    "NonZero": lambda inputs, attributes, outputs: torch.nonzero(inputs[0]).t(),
    "OneHot": _one_hot,
    "Pad": _pad,
    "ScatterElements": _scatter_elements,
    "ScatterND": _scatter_nd,
    "Slice": _slice,
    "Split": _split,
    "Tile": lambda inputs, attributes, outputs: torch.tile(inputs[0], inputs[1].tolist()),
    "Trilu": _triangle,
}
