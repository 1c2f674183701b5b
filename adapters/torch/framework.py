# What one session serves: models in the ONNX format, node by node as calls of PyTorch, and tensors.
import causeway_kit as kit
import torch

import models
import tensors
import training


class Framework(kit.Service):
    product = {
        "vendor": "PyTorch Foundation",
        "name": "PyTorch",
        "version": str(torch.__version__),
    }
    capabilities = {
        "framework.model": True,
        "framework.tensor": True,
        "framework.gradient": True,
        "framework.training": True,
        "framework.random": True,
    }

    def __init__(self, params):
        self.models = kit.HandleTable("model")
        self.tensors = kit.HandleTable("tensor")
        self.trainings = kit.HandleTable("training")

    def release(self):
        self.models.drain()
        self.tensors.drain()
        self.trainings.drain()

    @kit.handles("framework.model.load", "composed")
    def load(self, params):
        model = models.Model(kit.bytes_of(params))
        return {
            "model": self.models.add(model),
            "inputs": [value.described() for value in model.inputs],
            "outputs": [value.described() for value in model.outputs],
        }

    @kit.handles("framework.model.run", "composed")
    def run(self, params):
        model = self.models.get(params["model"])
        wanted = params["outputs"]
        results = model.run(self._given(model, params["inputs"], wanted), wanted)
        outputs = zip(wanted, map(tensors.to_message, results))
        return {"outputs": [{"name": name, "value": value} for name, value in outputs]}

    @kit.handles("framework.model.gradient", "composed")
    def gradient(self, params):
        model = self.models.get(params["model"])
        names = [one["name"] for one in params["weights"]]
        given = self._given(model, params["inputs"], names)
        weights = {one["name"]: tensors.from_message(one["value"]) for one in params["weights"]}
        variables = params["variables"]
        found = map(tensors.to_message, training.gradients(model, given, weights, variables))
        return {"gradients": [{"name": n, "value": value} for n, value in zip(variables, found)]}

    @kit.handles("framework.model.unload", "composed")
    def unload(self, params):
        self.models.remove(params["model"])
        return {}

    @kit.handles("framework.tensor.create", "composed")
    def create(self, params):
        return {"tensor": self.tensors.add(tensors.from_message(params["value"]))}

    @kit.handles("framework.tensor.read", "composed")
    def read(self, params):
        return tensors.to_message(self.tensors.get(params["tensor"]))

    @kit.handles("framework.tensor.free", "composed")
    def free(self, params):
        self.tensors.remove(params["tensor"])
        return {}

    @kit.handles("framework.training.begin", "composed")
    def begin(self, params):
        model = self.models.get(params["model"])
        begun = training.Training(
            model, params["loss"], params["parameters"], params["optimizer"]
        )
        return {"training": self.trainings.add(begun)}

    @kit.handles("framework.training.step", "composed")
    def step(self, params):
        begun = self.trainings.get(params["training"])
        given = self._given(begun.model, params["inputs"], [])
        return {"loss": tensors.to_message(begun.step(given))}

    @kit.handles("framework.training.checkpoint", "composed")
    def checkpoint(self, params):
        return self.trainings.get(params["training"]).checkpoint()

    @kit.handles("framework.training.restore", "composed")
    def restore(self, params):
        begun = self.trainings.get(params["training"])
        begun.restore(params["parameters"], params["velocities"])
        return {}

    @kit.handles("framework.training.end", "composed")
    def end(self, params):
        self.trainings.remove(params["training"])
        return {}

    def _given(self, model, inputs, wanted):
        """What a run is given, by name. Handles are looked up before anything else is asked."""
        held = [self.tensors.get(one["tensor"]) if "tensor" in one else None for one in inputs]
        model.check_names([one["name"] for one in inputs], wanted)
        return {
            one["name"]: tensors.from_message(one["value"]) if tensor is None else tensor
            for one, tensor in zip(inputs, held)
        }
