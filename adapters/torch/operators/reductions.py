# Operators that make one element of many, or of those before it.
import causeway_kit as kit
import torch

from .axes import counted


def _axes(inputs, attributes):
    """The axes that are reduced, or None where nothing is to be done."""
    axes = attributes.get("axes")
    if len(inputs) > 1 and inputs[1] is not None:
        axes = inputs[1].tolist()
    if axes:
        return axes
    return None if attributes.get("noop_with_empty_axes", 0) else list(range(inputs[0].dim()))


def _reduced(function):
    def reduce(inputs, attributes, outputs):
        x, axes = inputs[0], _axes(inputs, attributes)
        return x if axes is None else function(x, axes, bool(attributes["keepdims"]))

    return reduce


def _sum(x, axes, keep):
    # PyTorch adds integers in 64 bits where it is not told.
    return torch.sum(x, axes, keep, dtype=x.dtype)


def _product(x, axes, keep):
    # One axis a call, the last first.
    for axis in sorted((counted(x, axis) for axis in axes), reverse=True):
        x = torch.prod(x, axis, keep, dtype=x.dtype)
    return x


def _extreme(function, ends):
    """The largest or lowest; of nothing what `ends` says, of which PyTorch has none."""

    def reduce(x, axes, keep):
        lengths = {counted(x, axis) for axis in axes}
        if x.numel() == 0:
            end = ends(x.dtype)
            # One of these along each axis, of which nothing is less, or more.
            for axis in sorted(lengths):
                x = torch.cat([x, x.new_full(_one_along(x, axis), end)], axis)
        return function(x, axes, keep)

    return reduce


def _one_along(x, axis):
    return [1 if at == axis else length for at, length in enumerate(x.shape)]


def _lowest(dtype):
    return float("-inf") if dtype.is_floating_point else torch.iinfo(dtype).min


def _highest(dtype):
    return float("inf") if dtype.is_floating_point else torch.iinfo(dtype).max


def _of_floats(function):
    """One for which PyTorch makes floats of integers, where ONNX has integers."""

    def reduce(x, axes, keep):
        if not x.is_floating_point():
            raise kit.Refusal("OPERATOR", "adapter", message="PyTorch has it of floats alone")
        return function(x, axes, keep)

    return reduce


def _arguments(function):
    def find(inputs, attributes, outputs):
        x, axis = inputs[0], attributes["axis"]
        keep = bool(attributes["keepdims"])
        if not attributes["select_last_index"]:
            return function(x, axis, keep)
        return x.size(axis) - 1 - function(torch.flip(x, [axis]), axis, keep)

    return find


def _top(inputs, attributes, outputs):
    x, count, axis = inputs[0], int(inputs[1].item()), attributes["axis"]
    # Of equal elements ONNX has the first. PyTorch's own choice of a number leaves that open, its sorting does not.
    ordered = torch.sort(x, dim=axis, descending=bool(attributes["largest"]), stable=True)
    return [one.narrow(axis, 0, count) for one in ordered]


def _cumulated(inputs, attributes, outputs):
    x, axis = inputs[0], int(inputs[1].item())
    x = torch.flip(x, [axis]) if attributes["reverse"] else x
    if attributes["exclusive"]:
        # A zero comes first, and the last is left out.
        zero = torch.zeros_like(x.narrow(axis, 0, min(1, x.size(axis))))
        x = torch.cat([zero, x], axis).narrow(axis, 0, x.size(axis))
    summed = torch.cumsum(x, axis, dtype=x.dtype)
    return torch.flip(summed, [axis]) if attributes["reverse"] else summed


OPERATORS = {
    "ArgMax": _arguments(torch.argmax),
    "ArgMin": _arguments(torch.argmin),
    "CumSum": _cumulated,
    "LogSoftmax": lambda inputs, attributes, outputs: torch.log_softmax(
        inputs[0], attributes["axis"]
    ),
    "ReduceL1": _reduced(lambda x, axes, keep: _sum(torch.abs(x), axes, keep)),
    "ReduceL2": _reduced(lambda x, axes, keep: torch.linalg.vector_norm(x, 2, axes, keep)),
    "ReduceLogSum": _reduced(
        _of_floats(lambda x, axes, keep: torch.log(_sum(x, axes, keep)))
    ),
    "ReduceLogSumExp": _reduced(_of_floats(torch.logsumexp)),
    "ReduceMax": _reduced(_extreme(torch.amax, _lowest)),
    "ReduceMean": _reduced(torch.mean),
    "ReduceMin": _reduced(_extreme(torch.amin, _highest)),
    "ReduceProd": _reduced(_product),
    "ReduceSum": _reduced(_sum),
    "ReduceSumSquare": _reduced(lambda x, axes, keep: _sum(x * x, axes, keep)),
    "Softmax": lambda inputs, attributes, outputs: torch.softmax(inputs[0], attributes["axis"]),
    "TopK": _top,
}
