# Operators that go along a sequence with a state: by PyTorch's own where that has the same cell, step by step where not.
import causeway_kit as kit
import torch
import torch.nn.functional as functional

DIRECTIONS = {"forward": (False,), "reverse": (True,), "bidirectional": (False, True)}

# Activations that are left out, or the same of an RNN.
PLAIN = (None, [b"Tanh"], [b"Tanh", b"Tanh"])

# Where in PyTorch's order of gates those of ONNX stand.
GRU_ORDER = (1, 0, 2)
LSTM_ORDER = (0, 2, 3, 1)


def _ordered(matrix, order):
    parts = matrix.chunk(len(order), 0)
    return torch.cat([parts[index] for index in order])


def _by_torch(function, order):
    """A cell of PyTorch's own. `states` has one state, or of an LSTM two."""

    def run(x, w, r, bias, states):
        given = [_ordered(one, order) for one in (w, r, *bias.chunk(2))]
        states = [one.unsqueeze(0) for one in states]
        hidden = states if len(states) > 1 else states[0]
        # With biases, one layer, no dropout, not in training, in one direction, with the batch second.
        y, *last = function(x, hidden, given, True, 1, 0.0, False, False, False)
        return y, [one.squeeze(0) for one in last]

    return run


def _gru_by_steps(x, w, r, bias, states):
    """ONNX resets the state before its product, PyTorch after it."""
    (h,) = states
    w_bias, r_bias = bias.chunk(2)
    units = r.size(1)
    made = []
    for given in functional.linear(x, w, w_bias).unbind():
        kept = functional.linear(h, r[: 2 * units], r_bias[: 2 * units])
        update, reset = torch.sigmoid(given[:, : 2 * units] + kept).chunk(2, 1)
        old = functional.linear(reset * h, r[2 * units :], r_bias[2 * units :])
        h = torch.lerp(torch.tanh(given[:, 2 * units :] + old), h, update)
        made.append(h)
    return torch.stack(made), [h]


def _lstm_by_steps(peepholes):
    """One whose gates see the cell, which PyTorch's do not."""

    def run(x, w, r, bias, states):
        h, c = states
        seen_in, seen_out, seen_forget = peepholes.chunk(3)
        made = []
        w_bias, r_bias = bias.chunk(2)
        for given in functional.linear(x, w, w_bias).unbind():
            gates = given + functional.linear(h, r, r_bias)
            into, out, forget, fresh = gates.chunk(4, 1)
            c = torch.sigmoid(forget + seen_forget * c) * c + torch.sigmoid(
                into + seen_in * c
            ) * torch.tanh(fresh)
            h = torch.sigmoid(out + seen_out * c) * torch.tanh(c)
            made.append(h)
        return torch.stack(made), [h, c]

    return run


RNN = _by_torch(torch.rnn_tanh, (0,))
GRU = _by_torch(torch.gru, GRU_ORDER)
LSTM = _by_torch(torch.lstm, LSTM_ORDER)


def _along(gates, count, cell_of):
    """`count` states, and the cell by the attributes and, of one direction, the peepholes."""

    def run(inputs, attributes, outputs):
        x, w, r, bias, lengths, *more = (*inputs, *[None] * 8)[:8]
        hidden, peepholes = more[:count], more[2]
        is_plain = attributes.get("activations") in PLAIN and "clip" not in attributes
        if lengths is not None or attributes["layout"] != 0 or not is_plain:
            raise kit.Refusal("OPERATOR", "adapter", message="one of its choices is not mapped")
        units = r.size(2)
        ys, lasts = [], []
        for index, backwards in enumerate(DIRECTIONS[attributes["direction"]]):
            shift = x.new_zeros(2 * gates * units) if bias is None else bias[index]
            first = x.new_zeros(x.size(1), units)
            states = [first if one is None else one[index] for one in hidden]
            cell = cell_of(attributes, None if peepholes is None else peepholes[index])
            y, last = cell(x.flip(0) if backwards else x, w[index], r[index], shift, states)
            ys.append(y.flip(0) if backwards else y)
            lasts.append(last)
        return (torch.stack(ys, 1), *(torch.stack(one) for one in zip(*lasts)))

    return run


OPERATORS = {
    "GRU": _along(
        3,
        1,
        lambda attributes, _: GRU if attributes["linear_before_reset"] else _gru_by_steps,
    ),
    "LSTM": _along(
        4, 2, lambda _, peepholes: LSTM if peepholes is None else _lstm_by_steps(peepholes)
    ),
    "RNN": _along(1, 1, lambda attributes, _: RNN),
}
