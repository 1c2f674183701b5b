# What PyTorch itself refuses where test/expected/torch.yaml says that something is not there: its own calls, with
# nothing of Causeway between.
#
#   /usr/bin/python3 test/second-path/pytorch.py
import torch
import torch.nn.functional as functional


def say(what, call):
    try:
        found = call()
    except (AttributeError, IndexError, RuntimeError) as error:
        found = f"refused: {error}"
    print(f"{what}: {found}".split("\n")[0])


for name in ("uint16", "uint32", "uint64"):
    say(f"torch.{name}", lambda: getattr(torch, name))

half = torch.ones(1, 2, 4, dtype=torch.float16)
ELEMENTWISE = "ceil floor round sqrt exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh"
for name in [*ELEMENTWISE.split(), "erf", "sigmoid", "relu", "logsumexp", "prod", "unique", "matmul"]:
    given = {"logsumexp": [half, 0], "matmul": [half, half.transpose(1, 2)]}.get(name, [half])
    say(f"{name} of float16", lambda: getattr(torch, name)(*given))
for name in ("hardswish", "softplus", "leaky_relu", "elu", "normalize", "softmax", "log_softmax"):
    given = [half, -1] if name.endswith("softmax") else [half]
    say(f"{name} of float16", lambda: getattr(functional, name)(*given))
for name in ("max_pool1d", "avg_pool1d"):
    say(f"{name} of float16", lambda: getattr(functional, name)(half, 2))
    say(f"{name} of no float16", lambda: getattr(functional, name)(half[:0], 2))
for name in ("unique", "log"):
    say(f"{name} of no float16", lambda: getattr(torch, name)(half[:0]))
say("cumsum of float16", lambda: half.cumsum(0))
say("addmm of float16", lambda: torch.addmm(half[0], half[0, :, :2], half[0, :2]))
say("conv1d of float16", lambda: functional.conv1d(half, half[:, :, :2]))
say("conv_transpose1d of float16", lambda: functional.conv_transpose1d(half, half.transpose(0, 1)))
for dtype in (torch.int8, torch.uint8):
    say(f"max_pool1d of {dtype}", lambda: functional.max_pool1d(half.to(dtype), 2))
    say(f"max_pool1d of no {dtype}", lambda: functional.max_pool1d(half[:0].to(dtype), 2))
image, scale = torch.ones(0, 3, 4), torch.ones(3)
say("instance_norm of no image", lambda: functional.instance_norm(image, weight=scale).shape)
say(
    "quantize_per_tensor of int32",
    lambda: torch.quantize_per_tensor(half.to(torch.int32), 0.5, 0, torch.quint8),
)
