"""`iv`: enclosures, intervals that provably hold the value (mpmath's interval arithmetic).

Own operators over mpmath's interval routines: `mpmath.iv` would take a NumPy array beside it for
the two ends of one interval, and refuses the root of an interval that reaches below 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from mpmath.libmp import (
    finf,
    fninf,
    from_float,
    from_int,
    from_man_exp,
    fzero,
    libmpi,
    mpf_add,
    mpf_ge,
    mpf_gt,
    mpf_le,
    mpf_lt,
    mpf_mul,
    round_ceiling,
    round_floor,
)

from .context import Context, Values, each, entries
from .operand import Operand

_OPERATIONS = {
    "add": libmpi.mpi_add,
    "sub": libmpi.mpi_sub,
    "mul": libmpi.mpi_mul,
    "div": libmpi.mpi_div,
}


class Interval(Operand):
    """A closed interval; its ends are mpmath's raw floats (sign, mantissa, exponent, bits)."""

    __slots__ = ("ends", "precision")

    def __init__(self, ends: tuple[Any, Any], precision: int) -> None:
        self.ends = ends
        self.precision = precision

    def operate(self, name: str, left: Any, right: Any) -> Interval:
        """Enclose every value the operation takes on the two intervals."""
        ends = _OPERATIONS[name](_ends(left), _ends(right), self.precision)
        return Interval(ends, self.precision)

    def __neg__(self) -> Interval:
        return Interval(libmpi.mpi_neg(self.ends, self.precision), self.precision)

    def __pow__(self, exponent: int) -> Interval:
        return Interval(libmpi.mpi_pow_int(self.ends, exponent, self.precision), self.precision)

    @property
    def holds_zero(self) -> bool:
        """Whether 0 lies in the interval."""
        low, high = self.ends
        return mpf_le(low, fzero) and mpf_ge(high, fzero)


def _ends(x: Interval | int) -> tuple[Any, Any]:
    if isinstance(x, Interval):
        return x.ends
    point = from_int(x)
    return point, point


def _exact_sum(terms: Sequence[Any], precision: int, direction: str) -> Any:
    """A sum rounded once; libmp's own drops terms that are far smaller than others."""
    if any(not man and exp for _, man, exp, _ in terms):  # an infinity or NaN, as mpmath keeps them
        return reduce(mpf_add, terms)
    low = min((exp for _, _, exp, _ in terms), default=0)
    total = sum((-man if sign else man) << (exp - low) for sign, man, exp, _ in terms)
    return from_man_exp(total, low, precision, direction)


class IvContext(Context):
    """Enclose every operation, its ends rounded outward to `precision` bits.

    >>> third = IvContext(64).tensor(1.0) / 3
    >>> (third * 3 - 1).holds_zero
    True
    """

    def __init__(self, precision: int) -> None:
        self.precision = precision

    def tensor(self, value: float) -> Interval:
        """One element: the point interval of a float."""
        point = from_float(value)
        return Interval((point, point), self.precision)

    scalar = tensor

    def sqrt(self, x: Any) -> Any:
        """Square root of the nonnegative part; where there is none, nothing is known."""
        return each(self._sqrt, x)

    def max(self, x: Any, y: Any) -> Any:
        """The larger of two numbers: the larger of each pair of ends, so nothing is decided."""
        return each(self._max, x, y)

    def fsum(self, xs: Values) -> Interval:
        """Sum of numbers: the exact sums of the ends, rounded once."""
        ends = [_ends(x) for x in entries(xs)]
        low = _exact_sum([low for low, _ in ends], self.precision, round_floor)
        high = _exact_sum([high for _, high in ends], self.precision, round_ceiling)
        return Interval((low, high), self.precision)

    def _sqrt(self, x: Interval) -> Interval:
        low, high = x.ends
        if mpf_lt(high, fzero):
            return Interval((fninf, finf), self.precision)
        low = fzero if mpf_lt(low, fzero) else low
        return Interval(libmpi.mpi_sqrt((low, high), self.precision), self.precision)

    def _max(self, x: Interval | int, y: Interval | int) -> Interval:
        (a, b), (c, d) = _ends(x), _ends(y)
        return Interval((a if mpf_gt(a, c) else c, b if mpf_gt(b, d) else d), self.precision)

    def _product(self, x: Interval | int, y: Interval | int) -> Interval:
        """A product within a dot product, exact if both factors are points."""
        (a, b), (c, d) = _ends(x), _ends(y)
        if a == b and c == d:
            point = mpf_mul(a, c)
            return Interval((point, point), self.precision)
        return Interval(libmpi.mpi_mul((a, b), (c, d), self.precision), self.precision)
