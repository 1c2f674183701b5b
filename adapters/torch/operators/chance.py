# Operators that draw numbers: each node by a generator of its own, which begins anew with each run.
import struct

import torch

import weights


def _generator(attributes):
    generator = torch.Generator()
    if "seed" in attributes:
        # ONNX has a float for it, and PyTorch an integer.
        generator.manual_seed(struct.unpack("<I", struct.pack("<f", attributes["seed"]))[0])
    else:
        generator.seed()
    return generator


def _empty(attributes):
    return torch.empty(attributes["shape"], dtype=weights.dtype_of_code(attributes["dtype"]))


def _uniform(inputs, attributes, outputs):
    low, high = attributes["low"], attributes["high"]
    return _empty(attributes).uniform_(low, high, generator=_generator(attributes))


def _normal(inputs, attributes, outputs):
    mean, scale = attributes["mean"], attributes["scale"]
    return _empty(attributes).normal_(mean, scale, generator=_generator(attributes))


OPERATORS = {"RandomNormal": _normal, "RandomUniform": _uniform}
