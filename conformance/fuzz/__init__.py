"""Fuzzing: every declaration of a backend against its bounds, over inputs drawn afresh.

The vectors ask a few well-chosen questions; this asks very many. Inputs come from `families`, exact
values from `two_float` or mpmath, bounds from the same tape as those of the vectors. What fails is
shrunk to a case of the vectors' own format.
"""

from .report import Report
from .run import fuzz
from .show import show

__all__ = ["Report", "fuzz", "show"]
