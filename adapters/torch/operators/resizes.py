# Resize: by PyTorch's interpolation where that has the same places, and along one axis after another where not.
import causeway_kit as kit
import torch
import torch.nn.functional as functional

# Where an index of the result lies in the input.
PLACES = {
    "half_pixel": lambda at, scale, length, made: (at + 0.5) / scale - 0.5,
    "pytorch_half_pixel": lambda at, scale, length, made: (
        (at + 0.5) / scale - 0.5 if made > 1 else at * 0
    ),
    "align_corners": lambda at, scale, length, made: (
        at * (length - 1) / (made - 1) if made > 1 else at * 0
    ),
    "asymmetric": lambda at, scale, length, made: at / scale,
}

NEAREST = {
    "round_prefer_floor": lambda place: torch.ceil(place - 0.5),
    "round_prefer_ceil": lambda place: torch.floor(place + 0.5),
    "floor": torch.floor,
    "ceil": torch.ceil,
}

# What PyTorch's interpolation of planes has, by how ONNX says it.
INTERPOLATIONS = {
    ("nearest", "asymmetric", "floor"): {"mode": "nearest"},
    ("nearest", "half_pixel", "round_prefer_ceil"): {"mode": "nearest-exact"},
    ("linear", "half_pixel", ""): {"mode": "bilinear", "align_corners": False},
    ("linear", "align_corners", ""): {"mode": "bilinear", "align_corners": True},
}


def _resized(inputs, attributes, outputs):
    x, _, scales, sizes = (*inputs, None, None)[:4]
    mode, transformation = attributes["mode"], attributes["coordinate_transformation_mode"]
    if mode == "cubic" or transformation not in PLACES or attributes["exclude_outside"]:
        raise kit.Refusal("OPERATOR", "adapter", message=f"{mode}, {transformation} is not mapped")
    if sizes is None:
        scales = scales.tolist()
        sizes = [int(length * scale) for length, scale in zip(x.shape, scales)]
    else:
        sizes = sizes.tolist()
        scales = [made / length for length, made in zip(x.shape, sizes)]
    nearest = attributes["nearest_mode"] if mode == "nearest" else ""
    native = INTERPOLATIONS.get((mode, transformation, nearest))
    if native and x.dim() == 4 and list(x.shape[:2]) == sizes[:2]:
        return functional.interpolate(x, sizes[2:], **native)
    for axis, (scale, made) in enumerate(zip(scales, sizes)):
        if scale != 1:
            x = _along(x, axis, scale, made, attributes, transformation)
    return x


def _along(x, axis, scale, made, attributes, transformation):
    length = x.size(axis)
    at = torch.arange(made, dtype=torch.float64)
    place = PLACES[transformation](at, scale, length, made)

    def taken(index):
        return x.index_select(axis, index.clamp(0, length - 1).to(torch.int64))

    if attributes["mode"] == "nearest":
        return taken(NEAREST[attributes["nearest_mode"]](place))
    low = torch.floor(place)
    rest = (place - low).to(x.dtype).reshape([-1] + [1] * (x.dim() - 1 - axis))
    return torch.lerp(taken(low), taken(low + 1), rest)


OPERATORS = {"Resize": _resized}
