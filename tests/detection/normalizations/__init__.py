"""Normalizations in plain NumPy, put together from parts that may be exchanged, right or wrong."""

from .correct import CORRECT
from .wrong import BELOW_FLOAT32, WRONG

__all__ = ["BELOW_FLOAT32", "CORRECT", "WRONG"]
