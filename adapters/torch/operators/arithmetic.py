# Operators on elements of two tensors or more, which are broadcast as PyTorch broadcasts.
import functools

import torch


def _pair(function):
    return lambda inputs, attributes, outputs: function(inputs[0], inputs[1])


def _chain(function):
    return lambda inputs, attributes, outputs: functools.reduce(function, inputs)


def _divide(x, y):
    # Of integers ONNX has the quotient that is cut towards zero.
    return torch.div(x, y) if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc")


def _modulo(inputs, attributes, outputs):
    return (torch.fmod if attributes["fmod"] else torch.remainder)(inputs[0], inputs[1])


def _power(x, y):
    # The exponent may have a type of its own; the result has that of the base.
    return torch.pow(x, y).to(x.dtype)


def _sloped(x, slope):
    # PyTorch's own takes one slope for all, or one for each channel, and none else.
    return torch.where(x < 0, x * slope.expand_as(x), x)


def _mean(inputs, attributes, outputs):
    return functools.reduce(torch.add, inputs) / len(inputs)


def _shifted(inputs, attributes, outputs):
    left = attributes.get("direction") == "LEFT"
    return (torch.bitwise_left_shift if left else torch.bitwise_right_shift)(inputs[0], inputs[1])


def _clip(inputs, attributes, outputs):
    x, low, high = (*inputs, None, None)[:3]
    return x if low is None and high is None else torch.clamp(x, low, high)


OPERATORS = {
    "Add": _pair(torch.add),
    "And": _pair(torch.logical_and),
    "BitShift": _shifted,
    "Clip": _clip,
    "Div": _pair(_divide),
    "Equal": _pair(torch.eq),
    "Greater": _pair(torch.gt),
    "GreaterOrEqual": _pair(torch.ge),
    "Less": _pair(torch.lt),
    "LessOrEqual": _pair(torch.le),
    "Max": _chain(torch.maximum),
    "Mean": _mean,
    "Min": _chain(torch.minimum),
    "Mod": _modulo,
    "Mul": _pair(torch.mul),
    "Or": _pair(torch.logical_or),
    "PRelu": _pair(_sloped),
    "Pow": _pair(_power),
    "Sub": _pair(torch.sub),
    "Sum": _chain(torch.add),
    "Where": lambda inputs, attributes, outputs: torch.where(*inputs),
    "Xor": _pair(torch.logical_xor),
}
