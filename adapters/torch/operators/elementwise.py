# Operators that make each element of one.
import torch
import torch.nn.functional as functional


def _plain(function):
    return lambda inputs, attributes, outputs: function(inputs[0])


def _with(function):
    return lambda inputs, attributes, outputs: function(inputs[0], attributes)


def _selu(x, attributes):
    # PyTorch's own has constants of more digits, and no parameters.
    return attributes["gamma"] * functional.elu(x, attributes["alpha"])


def _hard_sigmoid(x, attributes):
    # PyTorch's own has another slope.
    return torch.clamp(attributes["alpha"] * x + attributes["beta"], 0, 1)


def _is_infinite(x, attributes):
    positive, negative = attributes["detect_positive"], attributes["detect_negative"]
    if positive and negative:
        return torch.isinf(x)
    if positive:
        return torch.isposinf(x)
    return torch.isneginf(x) if negative else torch.zeros_like(x, dtype=torch.bool)


OPERATORS = {
    "Abs": _plain(torch.abs),
    "Acos": _plain(torch.acos),
    "Acosh": _plain(torch.acosh),
    "Asin": _plain(torch.asin),
    "Asinh": _plain(torch.asinh),
    "Atan": _plain(torch.atan),
    "Atanh": _plain(torch.atanh),
    "Ceil": _plain(torch.ceil),
    "Celu": _with(lambda x, attributes: functional.celu(x, attributes["alpha"])),
    "Cos": _plain(torch.cos),
    "Cosh": _plain(torch.cosh),
    "Elu": _with(lambda x, attributes: functional.elu(x, attributes["alpha"])),
    "Erf": _plain(torch.erf),
    "Exp": _plain(torch.exp),
    "Floor": _plain(torch.floor),
    "HardSigmoid": _with(_hard_sigmoid),
    "HardSwish": _plain(functional.hardswish),
    "Identity": _plain(lambda x: x),
    "IsInf": _with(_is_infinite),
    "IsNaN": _plain(torch.isnan),
    "LeakyRelu": _with(lambda x, attributes: functional.leaky_relu(x, attributes["alpha"])),
    "Log": _plain(torch.log),
    "Neg": _plain(torch.neg),
    "Not": _plain(torch.logical_not),
    "Reciprocal": _plain(torch.reciprocal),
    "Relu": _plain(torch.relu),
    "Round": _plain(torch.round),
    "Selu": _with(_selu),
    "Sigmoid": _plain(torch.sigmoid),
    "Sign": _plain(torch.sign),
    "Sin": _plain(torch.sin),
    "Sinh": _plain(torch.sinh),
    "Softplus": _plain(functional.softplus),
    "Softsign": _plain(functional.softsign),
    "Sqrt": _plain(torch.sqrt),
    "Tan": _plain(torch.tan),
    "Tanh": _plain(torch.tanh),
    "ThresholdedRelu": _with(
        lambda x, attributes: functional.threshold(x, attributes["alpha"], 0.0)
    ),
}
