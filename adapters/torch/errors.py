# What PyTorch's refusals mean in the standard. Its exceptions have no codes: the class and the first words
# of the message say what one is, and they alone are looked at.
import re

import causeway_kit as kit

LONGEST = 300
"""A native message may be long, and the first words say what it is."""

# The class, the first words of the message, and the reason.
ANYWHERE = [
    ("RuntimeError", r'"[^"]*" not implemented for ', "OPERATOR"),
    ("RuntimeError", r"\[enforce fail at alloc_cpu", "HOST_MEMORY"),
    ("RuntimeError", r"Storage size calculation overflowed ", "HOST_MEMORY"),
]

# A tensor of bytes that its shape does not say: of a run's input, or of a model's weights.
BYTES = [
    ("RuntimeError", r"shape '", "SHAPE"),
    ("ValueError", r"buffer length ", "SHAPE"),
    ("RuntimeError", r"numel: integer multiplication overflow", "SHAPE"),
]

RUNNING = [
    *BYTES,
    ("RuntimeError", r"The size of tensor a ", "SHAPE"),
    ("RuntimeError", r"The expanded size of the tensor ", "SHAPE"),
    ("RuntimeError", r"The number of sizes provided ", "SHAPE"),
    ("RuntimeError", r"expand\(", "SHAPE"),
    ("RuntimeError", r"Shape mismatch: ", "SHAPE"),
    ("RuntimeError", r"Sizes of tensors must match ", "SHAPE"),
    ("RuntimeError", r"Tensors must have same number of dimensions", "SHAPE"),
    ("RuntimeError", r"torch\.cat\(\): ", "SHAPE"),
    ("RuntimeError", r"split_with_sizes expects ", "SHAPE"),
    ("RuntimeError", r"invalid shape dimension ", "SHAPE"),
    ("RuntimeError", r"only one dimension can be inferred", "SHAPE"),
    ("RuntimeError", r"Trying to create tensor with negative dimension ", "SHAPE"),
    ("RuntimeError", r"start \(\d+\) \+ length \(-?\d+\) exceeds ", "SHAPE"),
    ("RuntimeError", r"dim \d+ appears multiple times ", "SHAPE"),
    ("RuntimeError", r"cannot reshape tensor ", "SHAPE"),
    ("RuntimeError", r"mat1 and mat2 shapes ", "SHAPE"),
    ("RuntimeError", r"size mismatch, ", "SHAPE"),
    ("RuntimeError", r"(?:mat1|mat2|self|input|vec|batch[12]|tensor) must be a matrix", "SHAPE"),
    ("RuntimeError", r"inconsistent tensor size, ", "SHAPE"),
    ("RuntimeError", r"both arguments to matmul ", "SHAPE"),
    ("RuntimeError", r"Expected size for first two dimensions ", "SHAPE"),
    ("RuntimeError", r"Given (?:groups|transposed|normalized_shape|weight|input size)", "SHAPE"),
    ("RuntimeError", r"Expected \d+(?:D|-dimensional) ", "SHAPE"),
    ("RuntimeError", r"Expected (?:weight|bias|input|index) ", "SHAPE"),
    ("RuntimeError", r"Calculated padded input size ", "SHAPE"),
    ("RuntimeError", r"Kernel size can't be greater ", "SHAPE"),
    ("RuntimeError", r"(?:weight|bias|running_mean|running_var) should contain ", "SHAPE"),
    ("RuntimeError", r"Index tensor must have the same number of dimensions", "SHAPE"),
    ("RuntimeError", r"Size does not match at dimension ", "SHAPE"),
    ("RuntimeError", r"Argument #\d+: Padding size should be less ", "SHAPE"),
    ("RuntimeError", r"selected index k out of range", "SHAPE"),
    ("RuntimeError", r"number of dims don't match ", "SHAPE"),
    ("RuntimeError", r"permute\(", "SHAPE"),
    ("RuntimeError", r"einsum\(\): ", "SHAPE"),
    ("RuntimeError", r"index -?\d+ is out of bounds ", "SHAPE"),
    ("IndexError", r"index -?\d+ is out of |Dimension out of range |too many indices ", "SHAPE"),
    ("IndexError", r"\w+\(\): Expected reduction dim ", "SHAPE"),
    ("IndexError", r"\w+\(\): index -?\d+ out of range ", "SHAPE"),
    ("RuntimeError", r"shape mismatch: ", "SHAPE"),
    ("RuntimeError", r"\w+\(\) kernel_size must be ", "SHAPE"),
    # Types that a call does not take, or not together.
    ("RuntimeError", r"expected (?:scalar type|m1 and m2|.*dtype)", "OPERATOR"),
    ("RuntimeError", r"(?:mean|logsumexp|linalg\.vector_norm|norm)\(?", "OPERATOR"),
    ("RuntimeError", r"result type .* can't be cast ", "OPERATOR"),
    ("RuntimeError", r"\w+ (?:does not support|is not supported|only supports) ", "OPERATOR"),
    ("RuntimeError", r"Negation, |Subtraction, ", "OPERATOR"),
    ("RuntimeError", r"Input dtype must be ", "OPERATOR"),
    ("NotImplementedError", r"Only .* padding |Input Error: Only ", "OPERATOR"),
    ("RuntimeError", r"pad should be at most half of kernel size", "OPERATOR"),
    # Of integers, where IEEE 754 would have an infinity: no reason of the registry is that.
    ("RuntimeError", r"ZeroDivisionError", "UNSPECIFIED"),
    # Values that are none of a tensor's form.
    ("RuntimeError", r"step must be nonzero", "UNSPECIFIED"),
    ("RuntimeError", r"upper bound and larger bound ", "UNSPECIFIED"),
    ("RuntimeError", r"non-positive stride ", "UNSPECIFIED"),
    ("RuntimeError", r"Integers to negative integer powers ", "UNSPECIFIED"),
]

DIFFERENTIATING = [
    *RUNNING,
    # Of integers, of weights that are not as the output, of a loss that is not one number.
    ("RuntimeError", r"only Tensors of floating point", "SHAPE"),
    ("RuntimeError", r"Mismatch in shape: grad_output", "SHAPE"),
    ("RuntimeError", r"grad can be implicitly created only for scalar outputs", "SHAPE"),
    # What is computed without a derivative.
    ("RuntimeError", r"element 0 of tensors does not require grad", "OPERATOR"),
    ("RuntimeError", r"derivative for .* is not implemented", "OPERATOR"),
    ("NotImplementedError", r"the derivative for ", "OPERATOR"),
]

METHODS = {
    # Weights are all that it makes of a model.
    "framework.model.load": [(name, words, "MODEL") for name, words, _ in BYTES],
    "framework.model.run": RUNNING,
    "framework.model.gradient": DIFFERENTIATING,
    "framework.tensor.create": BYTES,
    "framework.training.begin": DIFFERENTIATING,
    "framework.training.step": DIFFERENTIATING,
    "framework.training.restore": BYTES,
}


def refusal_of(method, error):
    """A native exception as a refusal. One that the table does not have is INTERNAL."""
    name = type(error).__name__
    message = str(error)
    for class_name, words, reason in ANYWHERE + METHODS.get(method, []):
        if name == class_name and re.match(words, message, re.DOTALL):
            return kit.Refusal(reason, "native", message=message[:LONGEST], vendor_name=name)
    return None
