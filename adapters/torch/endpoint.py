# PyTorch as a process: models in the ONNX format, node by node as calls of PyTorch. The kit is on PYTHONPATH.
import causeway_kit as kit

import errors
import installed


class Framework(kit.Service):
    product = {"vendor": "PyTorch", "name": "PyTorch", "version": installed.version() or "unknown"}
    capabilities = {"framework.model": True, "framework.tensor": True}

    def __init__(self, params):
        self.models = kit.HandleTable("model")
        self.tensors = kit.HandleTable("tensor")

    def release(self):
        self.models.drain()
        self.tensors.drain()

    # What imports PyTorch is imported by the first handler that needs it.

    @kit.handles("framework.model.load", "composed")
    def load(self, params):
        import models

        model = models.Model(kit.bytes_of(params))
        described = {"inputs": model.described(model.inputs), "outputs": model.described(model.outputs)}
        return {"model": self.models.add(model), **described}

    @kit.handles("framework.model.run", "composed")
    def run(self, params):
        import tensors

        model = self.models.get(params["model"])
        # Handles are looked up before anything else is asked.
        held = [self.tensors.get(one["tensor"]) if "tensor" in one else None for one in params["inputs"]]
        model.check_names([one["name"] for one in params["inputs"]], params["outputs"])
        given = {
            one["name"]: tensors.from_message(one["value"]) if tensor is None else tensor
            for one, tensor in zip(params["inputs"], held)
        }
        results = model.run(given, params["outputs"])
        named = zip(params["outputs"], results)
        return {"outputs": [{"name": name, "value": tensors.to_message(one)} for name, one in named]}

    @kit.handles("framework.model.unload", "composed")
    def unload(self, params):
        self.models.remove(params["model"])
        return {}

    @kit.handles("framework.tensor.create", "composed")
    def create(self, params):
        import tensors

        return {"tensor": self.tensors.add(tensors.from_message(params["value"]))}

    @kit.handles("framework.tensor.read", "composed")
    def read(self, params):
        import tensors

        return tensors.to_message(self.tensors.get(params["tensor"]))

    @kit.handles("framework.tensor.free", "composed")
    def free(self, params):
        self.tensors.remove(params["tensor"])
        return {}


if __name__ == "__main__":
    kit.serve("causeway-torch", "0.1.0", Framework, errors.refusal_of)
