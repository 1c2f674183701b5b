# Prints the version of PyTorch that an import brings, without the second or two that the import takes;
# ends with 1 where PyTorch or the reader of models is not installed.
import importlib.util
import os
import runpy
import sys

found = importlib.util.find_spec("torch")
if found is None or found.origin is None or importlib.util.find_spec("onnx") is None:
    sys.exit(1)
# PyTorch itself takes its version from this file.
print(runpy.run_path(os.path.join(os.path.dirname(found.origin), "version.py"))["__version__"])
