# What one session serves: models in the ONNX format, node by node as calls of PyTorch, and tensors.
import causeway_kit as kit
import torch

import models
import tensors


class Framework(kit.Service):
    product = {
        "vendor": "PyTorch Foundation",
        "name": "PyTorch",
        "version": str(torch.__version__),
    }
    capabilities = {"framework.model": True, "framework.tensor": True}

    def __init__(self, params):
        self.models = kit.HandleTable("model")
        self.tensors = kit.HandleTable("tensor")

    def release(self):
        self.models.drain()
        self.tensors.drain()

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
        inputs, wanted = params["inputs"], params["outputs"]
        # Handles are looked up before anything else is asked.
        held = [self.tensors.get(one["tensor"]) if "tensor" in one else None for one in inputs]
        model.check_names([one["name"] for one in inputs], wanted)
        given = {
            one["name"]: tensors.from_message(one["value"]) if tensor is None else tensor
            for one, tensor in zip(inputs, held)
        }
        results = model.run(given, wanted)
        outputs = zip(wanted, map(tensors.to_message, results))
        return {"outputs": [{"name": name, "value": value} for name, value in outputs]}

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
