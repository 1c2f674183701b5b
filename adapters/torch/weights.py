# The tensors that a model's file holds, whatever of its members their elements stand in.
import causeway_kit as kit
import onnx
import torch

import tensors

# By onnx.TensorProto.DataType.
TYPE_NAMES = {
    onnx.TensorProto.FLOAT: "float32",
    onnx.TensorProto.UINT8: "uint8",
    onnx.TensorProto.INT8: "int8",
    onnx.TensorProto.UINT16: "uint16",
    onnx.TensorProto.INT16: "int16",
    onnx.TensorProto.INT32: "int32",
    onnx.TensorProto.INT64: "int64",
    onnx.TensorProto.BOOL: "bool",
    onnx.TensorProto.FLOAT16: "float16",
    onnx.TensorProto.DOUBLE: "float64",
    onnx.TensorProto.UINT32: "uint32",
    onnx.TensorProto.UINT64: "uint64",
    onnx.TensorProto.BFLOAT16: "bfloat16",
}


def type_name(code):
    """The standard's name of an element type, or a refusal: there are strings and complex numbers too."""
    if code not in TYPE_NAMES:
        raise kit.Refusal("OPERATOR", "adapter", message=f"no element type {code}")
    return TYPE_NAMES[code]


def tensor_of(proto):
    """An onnx.TensorProto as a tensor."""
    if proto.data_location == onnx.TensorProto.EXTERNAL:
        raise kit.Refusal("MODEL", "adapter", message="weights in another file")
    if any(length < 0 for length in proto.dims):
        raise kit.Refusal("MODEL", "adapter", message="weights of a negative length")
    name = type_name(proto.data_type)
    if proto.HasField("raw_data"):
        return tensors.from_bytes(name, list(proto.dims), proto.raw_data)
    dtype = tensors.dtype_of(name)
    if name in ("float16", "bfloat16"):
        # Bits, each in an int32.
        flat = torch.tensor(list(proto.int32_data), dtype=torch.int32).to(torch.int16).view(dtype)
    else:
        members = {
            "float32": proto.float_data,
            "float64": proto.double_data,
            "int64": proto.int64_data,
        }
        flat = torch.tensor(list(members.get(name, proto.int32_data)), dtype=dtype)
    return flat.reshape(list(proto.dims))


def dtype_of_code(code):
    """PyTorch's type of elements for ONNX's, or a refusal."""
    return tensors.dtype_of(type_name(code))
