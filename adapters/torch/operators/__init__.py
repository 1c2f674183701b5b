# Every operator that is mapped, by its name in the ONNX domain, and what of one is not. A mapping takes the
# inputs, None for one that is left out, the attributes and how many outputs there are, and gives a tensor or
# several.
import causeway_kit as kit

from . import (
    arithmetic,
    blocks,
    chance,
    choices,
    elementwise,
    movement,
    networks,
    pools,
    quantization,
    recurrent,
    reductions,
    resizes,
    shapes,
)

OPERATORS = {
    **elementwise.OPERATORS,
    **arithmetic.OPERATORS,
    **shapes.OPERATORS,
    **movement.OPERATORS,
    **reductions.OPERATORS,
    **networks.OPERATORS,
    **pools.OPERATORS,
    **blocks.OPERATORS,
    **choices.OPERATORS,
    **resizes.OPERATORS,
    **quantization.OPERATORS,
    **recurrent.OPERATORS,
    **chance.OPERATORS,
}

# What an attribute has to be where it is there: PyTorch has no call for the rest.
ONLY = {
    ("BatchNormalization", "training_mode"): (0,),
    ("ScatterElements", "reduction"): ("none", "add", "mul"),
    ("ScatterND", "reduction"): ("none", "add", "mul"),
}

# Where there may be more, and PyTorch gives them in another form.
MOST_OUTPUTS = {"BatchNormalization": 1}


def check(name, attributes, outputs):
    """Refuses what an operator that is mapped cannot do here."""
    for (operator, attribute), values in ONLY.items():
        if operator == name and attributes.get(attribute) not in (None, *values):
            message = f"{name} with {attribute} {attributes.get(attribute)} is not mapped"
            raise kit.Refusal("OPERATOR", "adapter", message=message)
    if outputs > MOST_OUTPUTS.get(name, outputs):
        message = f"{name} with {outputs} outputs is not mapped"
        raise kit.Refusal("OPERATOR", "adapter", message=message)
