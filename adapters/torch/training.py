# Gradients and training: what a model computes is recorded by PyTorch's own differentiation as it runs, and its
# optimizer takes the steps.
import causeway_kit as kit
import torch

import tensors


def gradients(model, given, weights, variables):
    """The gradients of the weighted sum of outputs. `weights` has tensors by the names of outputs."""
    if not {value.name for value in model.inputs}.issuperset(variables):
        raise kit.Refusal("INPUTS", "adapter")
    leaves = {name: given[name].detach().requires_grad_() for name in variables}
    outputs = model.compute({**given, **leaves}, list(weights))
    asked = [leaves[name] for name in variables]
    found = torch.autograd.grad(outputs, asked, list(weights.values()), allow_unused=True)
    # Of what counts for nothing there is none.
    return [torch.zeros_like(leaf) if one is None else one for leaf, one in zip(asked, found)]


class Training:
    """Parameters of a model, which become others step by step."""

    def __init__(self, model, loss, names, optimizer):
        weights = model.weights
        if loss not in {value.name for value in model.outputs} or not weights.keys() >= set(names):
            raise kit.Refusal("INPUTS", "adapter")
        self.model = model
        self._loss = loss
        self._parameters = {name: weights[name].clone().requires_grad_() for name in names}
        self._optimizer = torch.optim.SGD(
            self._parameters.values(), lr=optimizer["rate"], momentum=optimizer["momentum"]
        )

    def step(self, given):
        """Takes a step; gives the loss before it."""
        self._optimizer.zero_grad()
        (loss,) = self.model.compute(given, [self._loss], self._parameters)
        loss.backward()
        self._optimizer.step()
        return loss.detach()

    def checkpoint(self):
        return {"parameters": _messages(self._parameters), "velocities": _messages(self._velocities())}

    def restore(self, parameters, velocities):
        # PyTorch would stretch a tensor of another shape.
        values, speeds = self._matched(parameters), self._matched(velocities)
        with torch.no_grad():
            for own, value in zip(self._parameters.values(), values):
                own.copy_(value)
        state = self._optimizer.state_dict()
        state["state"] = {index: {"momentum_buffer": one} for index, one in enumerate(speeds)}
        self._optimizer.load_state_dict(state)

    def _velocities(self):
        """The optimizer has none before its first step, and none where there is no momentum."""
        state = self._optimizer.state
        held = {name: state[own].get("momentum_buffer") for name, own in self._parameters.items()}
        return {
            name: torch.zeros_like(self._parameters[name]) if one is None else one
            for name, one in held.items()
        }

    def _matched(self, given):
        """The tensors of a part of a checkpoint, in the order of the parameters."""
        values = {one["name"]: one["value"] for one in given}
        if values.keys() != self._parameters.keys() or len(given) != len(values):
            raise kit.Refusal("INPUTS", "adapter")
        found = [tensors.from_message(values[name]) for name in self._parameters]
        for own, one in zip(self._parameters.values(), found):
            if own.shape != one.shape or own.dtype != one.dtype:
                raise kit.Refusal("SHAPE", "adapter")
        return found


def _messages(named):
    return [
        {"name": name, "value": tensors.to_message(one.detach())} for name, one in named.items()
    ]
