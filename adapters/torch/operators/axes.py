# Axes that are counted from the end, where PyTorch is to be given them from the beginning.


def counted(x, axis):
    """The same axis from the beginning. Whether there is such a one, PyTorch says."""
    x.size(axis)
    return axis % x.dim()
