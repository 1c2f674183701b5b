# The version of PyTorch that an import brings, without the second or two that the import takes: most sessions load no
# model. As a program it prints the version, or ends with 1 where PyTorch or the reader of models is not installed.
import importlib.util
import os
import runpy
import sys


def version():
    """What torch.__version__ will be: torch itself takes it from this file. None where there is none."""
    found = importlib.util.find_spec("torch")
    if found is None or found.origin is None or importlib.util.find_spec("onnx") is None:
        return None
    said = runpy.run_path(os.path.join(os.path.dirname(found.origin), "version.py"))
    return str(said["__version__"])


if __name__ == "__main__":
    found = version()
    if found is None:
        sys.exit(1)
    print(found)
