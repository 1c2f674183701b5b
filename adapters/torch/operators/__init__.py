# Every operator that is mapped, by its name in the ONNX domain, and what of one is not. A mapping takes the
# inputs, None for one that is left out, the attributes and how many outputs there are, and gives a tensor or
# several.
import causeway_kit as kit

from . import arithmetic, chance, elementwise, movement, networks, reductions, shapes

OPERATORS = {
    **elementwise.OPERATORS,
    **arithmetic.OPERATORS,
    **shapes.OPERATORS,
    **movement.OPERATORS,
    **reductions.OPERATORS,
    **networks.OPERATORS,
    **chance.OPERATORS,
}

# What an attribute has to be where it is there: PyTorch has no call for the rest.
ONLY = {
    ("AveragePool", "auto_pad"): ("NOTSET", "VALID"),
    ("BatchNormalization", "training_mode"): (0,),
    ("Conv", "auto_pad"): ("NOTSET", "VALID"),
    ("ConvTranspose", "auto_pad"): ("NOTSET", "VALID"),
    ("ConvTranspose", "output_shape"): (),
    ("GatherND", "batch_dims"): (0,),
    ("MaxPool", "auto_pad"): ("NOTSET", "VALID"),
    ("MaxPool", "storage_order"): (0,),
    ("ScatterElements", "reduction"): ("none", "add", "mul"),
    ("ScatterND", "reduction"): ("none", "add"),
}

# Where there may be more, and PyTorch gives them in another form.
MOST_OUTPUTS = {"BatchNormalization": 1, "Dropout": 1, "MaxPool": 1}


def check(name, attributes, outputs):
    """Refuses what an operator that is mapped cannot do here."""
    for (operator, attribute), values in ONLY.items():
        if operator == name and attributes.get(attribute) not in (None, *values):
            message = f"{name} with {attribute} {attributes.get(attribute)} is not mapped"
            raise kit.Refusal("OPERATOR", "adapter", message=message)
    if outputs > MOST_OUTPUTS.get(name, outputs):
        message = f"{name} with {outputs} outputs is not mapped"
        raise kit.Refusal("OPERATOR", "adapter", message=message)
