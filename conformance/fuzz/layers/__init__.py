"""Fuzzing layers: cases of random shapes, drawn afresh and judged as those of the vectors.

An element of a layer's output depends on many of its inputs, so exact values and bounds come from
the generator of golden vectors, on the fly and with certified digits: some milliseconds a number.
"""

from .run import turns, verdicts
from .subjects import Subject, subjects

__all__ = ["Subject", "subjects", "turns", "verdicts"]
