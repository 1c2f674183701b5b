# PyTorch as a process. The kit is on PYTHONPATH.
import os
import sys

import causeway_kit as kit

import errors


def opened(params):
    """Opens a session. PyTorch takes a second or two to import: one that never begins does without."""
    import framework

    return framework.Framework(params)


if __name__ == "__main__":
    kit.serve("causeway-torch", "0.1.0", opened, errors.refusal_of)
    # All is released. To take the modules of PyTorch apart, one by one, takes the time of many calls.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
