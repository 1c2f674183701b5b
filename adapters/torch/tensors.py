# Tensors of PyTorch from bytes, and back: what a message and a model's weights have in common.
import ctypes

import causeway_kit as kit
import torch

# PyTorch 1.13 has no unsigned integer above 8 bits.
TYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "int8": torch.int8,
    "int16": torch.int16,
    "int32": torch.int32,
    "int64": torch.int64,
    "uint8": torch.uint8,
    "bool": torch.bool,
}

NAMES = {dtype: name for name, dtype in TYPES.items()}

LARGEST_MESSAGE = 65536


def dtype_of(name):
    """PyTorch's type of elements, or a refusal."""
    if name not in TYPES:
        raise kit.Refusal("OPERATOR", "adapter", message=f"PyTorch has no {name}")
    return TYPES[name]


def from_bytes(name, shape, content):
    """A tensor of its own memory. That the bytes are as many as the shape says, PyTorch checks."""
    dtype = dtype_of(name)
    if not content:
        # It makes no tensor of an empty buffer.
        return torch.empty(0, dtype=dtype).reshape(shape)
    return torch.frombuffer(bytearray(content), dtype=dtype).reshape(shape)


def from_message(value):
    return from_bytes(value["type"], value["shape"], kit.bytes_of(value))


def to_message(tensor):
    length = tensor.numel() * tensor.element_size()
    if length > LARGEST_MESSAGE:
        raise kit.Refusal("HOST_MEMORY", "adapter", message="above 64 KiB")
    dense = tensor.contiguous()
    content = ctypes.string_at(dense.data_ptr(), length) if length else b""
    return {
        "type": NAMES[dense.dtype],
        "shape": list(dense.shape),
        "base64": kit.base64_of(content),
    }
