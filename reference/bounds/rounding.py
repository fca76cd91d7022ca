"""What one operation's own rounding adds to its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Constants:
    """A format's constants, as numbers of a tape."""

    unit_roundoff: Any
    half_subnormal: Any
    smallest_normal: Any
    largest: Any


class Rounding(NamedTuple):
    """The error of a rounding to first order, and what all products add to it.

    `reach` is the largest magnitude met on the way, partial sums included.
    """

    local: Any
    products: Any
    reach: Any
