# Operators that make each element of one.
import torch
import torch.nn.functional as functional

SELU_ALPHA = 1.67326319217681884765625
SELU_GAMMA = 1.05070102214813232421875


def _plain(function):
    return lambda inputs, attributes, outputs: function(inputs[0])


def _with(function):
    return lambda inputs, attributes, outputs: function(inputs[0], attributes)


def _selu(x, attributes):
    # PyTorch's own has no parameters.
    if len(attributes) == 0:
        return functional.selu(x)
    alpha, gamma = attributes.get("alpha", SELU_ALPHA), attributes.get("gamma", SELU_GAMMA)
    return gamma * functional.elu(x, alpha)


def _hard_sigmoid(x, attributes):
    # PyTorch's own has another slope.
    alpha, beta = attributes.get("alpha", 0.2), attributes.get("beta", 0.5)
    return torch.clamp(alpha * x + beta, 0, 1)


def _is_infinite(x, attributes):
    positive, negative = attributes.get("detect_positive", 1), attributes.get("detect_negative", 1)
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
    "Celu": _with(lambda x, attributes: functional.celu(x, attributes.get("alpha", 1.0))),
    "Cos": _plain(torch.cos),
    "Cosh": _plain(torch.cosh),
    "Elu": _with(lambda x, attributes: functional.elu(x, attributes.get("alpha", 1.0))),
    "Erf": _plain(torch.erf),
    "Exp": _plain(torch.exp),
    "Floor": _plain(torch.floor),
    "HardSigmoid": _with(_hard_sigmoid),
    "HardSwish": _plain(functional.hardswish),
    "Identity": _plain(lambda x: x),
    "IsInf": _with(_is_infinite),
    "IsNaN": _plain(torch.isnan),
    "LeakyRelu": _with(lambda x, attributes: functional.leaky_relu(x, attributes.get("alpha", 0.01))),
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
        lambda x, attributes: functional.threshold(x, attributes.get("alpha", 1.0), 0.0)
    ),
}
