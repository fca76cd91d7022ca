"""Convolutions in plain NumPy, by several algorithms, right or wrong."""

from .correct import CORRECT
from .wrong import BELOW_FLOAT32, WRONG

__all__ = ["BELOW_FLOAT32", "CORRECT", "WRONG"]
