"""ONNX Runtime on the CPU: models of one operator, forward only.

ONNX keeps ``epsilon`` and ``momentum`` as float32 numbers: a float64 case whose epsilon is another
number is refused, and so is any other momentum. float16 runs in float32 between two casts, or in a
kernel that does the same.
"""

from . import convolutions, normalizations
from .model import backend

__all__ = ["backend", "convolutions", "normalizations"]
