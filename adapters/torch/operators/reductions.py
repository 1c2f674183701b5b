# Operators that make one element of many, or of those before it.
import torch


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
        axes = _axes(inputs, attributes)
        return inputs[0] if axes is None else function(inputs[0], axes, bool(attributes.get("keepdims", 1)))

    return reduce


def _sum(x, axes, keep):
    # PyTorch adds integers in 64 bits where it is not told.
    return torch.sum(x, axes, keep, dtype=x.dtype)


def _product(x, axes, keep):
    # One axis a call, the last first.
    for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
        x = torch.prod(x, axis, keep, dtype=x.dtype)
    return x


def _arguments(function):
    def find(inputs, attributes, outputs):
        x, axis = inputs[0], attributes.get("axis", 0)
        keep = bool(attributes.get("keepdims", 1))
        if not attributes.get("select_last_index", 0):
            return function(x, axis, keep)
        return x.shape[axis] - 1 - function(torch.flip(x, [axis]), axis, keep)

    return find


def _top(inputs, attributes, outputs):
    largest, ordered = bool(attributes.get("largest", 1)), bool(attributes.get("sorted", 1))
    return torch.topk(inputs[0], int(inputs[1].item()), attributes.get("axis", -1), largest, ordered)


def _cumulated(inputs, attributes, outputs):
    x, axis = inputs[0], int(inputs[1].item())
    x = torch.flip(x, [axis]) if attributes.get("reverse", 0) else x
    if attributes.get("exclusive", 0):
        # A zero comes first, and the last is left out.
        zero = torch.zeros_like(x.narrow(axis, 0, min(1, x.shape[axis])))
        x = torch.cat([zero, x], axis).narrow(axis, 0, x.shape[axis])
    summed = torch.cumsum(x, axis, dtype=x.dtype)
    return torch.flip(summed, [axis]) if attributes.get("reverse", 0) else summed


OPERATORS = {
    "ArgMax": _arguments(torch.argmax),
    "ArgMin": _arguments(torch.argmin),
    "CumSum": _cumulated,
    "LogSoftmax": lambda inputs, attributes, outputs: torch.log_softmax(
        inputs[0], attributes.get("axis", -1)
    ),
    "ReduceL1": _reduced(lambda x, axes, keep: _sum(torch.abs(x), axes, keep)),
    "ReduceL2": _reduced(lambda x, axes, keep: torch.linalg.vector_norm(x, 2, axes, keep)),
    "ReduceLogSum": _reduced(lambda x, axes, keep: torch.log(_sum(x, axes, keep))),
    "ReduceLogSumExp": _reduced(torch.logsumexp),
    "ReduceMax": _reduced(torch.amax),
    "ReduceMean": _reduced(torch.mean),
    "ReduceMin": _reduced(torch.amin),
    "ReduceProd": _reduced(_product),
    "ReduceSum": _reduced(_sum),
    "ReduceSumSquare": _reduced(lambda x, axes, keep: _sum(x * x, axes, keep)),
    "Softmax": lambda inputs, attributes, outputs: torch.softmax(inputs[0], attributes.get("axis", -1)),
    "TopK": _top,
}
