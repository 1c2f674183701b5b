# Operators between depth and space, and those that turn sequences around: the same elements in other places.
import torch


def _depth_to_space(inputs, attributes, outputs):
    x, block = inputs[0], attributes.get("blocksize")
    batch, channels, height, width = x.shape
    depth = channels // (block * block)
    # PyTorch's own pixel shuffle has the channels first, and so does CRD.
    if attributes["mode"] == "CRD":
        x = x.reshape(batch, depth, block, block, height, width).permute(0, 1, 4, 2, 5, 3)
    else:
        x = x.reshape(batch, block, block, depth, height, width).permute(0, 3, 4, 1, 5, 2)
    return x.reshape(batch, depth, height * block, width * block)


def _space_to_depth(inputs, attributes, outputs):
    x, block = inputs[0], attributes.get("blocksize")
    batch, channels, height, width = x.shape
    rows, columns = height // block, width // block
    x = x.reshape(batch, channels, rows, block, columns, block).permute(0, 3, 5, 1, 2, 4)
    return x.reshape(batch, channels * block * block, rows, columns)


def _reversed_sequences(inputs, attributes, outputs):
    x, lengths = inputs[0], inputs[1].tolist()
    batch, time = attributes["batch_axis"], attributes["time_axis"]
    # What lies behind the length of a sequence stays.
    turned = [
        torch.cat([one.narrow(time, 0, length).flip(time), one.narrow(time, length, rest)], time)
        for one, length in zip(x.split(1, batch), lengths)
        for rest in [one.size(time) - length]
    ]
    return torch.cat(turned, batch) if turned else x


OPERATORS = {
    "DepthToSpace": _depth_to_space,
    "ReverseSequence": _reversed_sequences,
    "SpaceToDepth": _space_to_depth,
}
