"""MPFR's floats, through gmpy2, which rounds in C what mpmath rounds in Python."""

# gmpy2 has no annotations.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import gmpy2
import numpy as np

from .numbers import MpNumbers, Numbers, to_dyadic


def precision(bits: int) -> AbstractContextManager[Any]:
    """The precision to which every operation rounds meanwhile, to nearest as mpmath does."""
    return gmpy2.context(precision=bits)


class MpfrNumbers(Numbers):
    """MPFR's floats at the precision in force, in place of mpmath's at the same one."""

    def __init__(self, origin: MpNumbers) -> None:
        self.infinity = gmpy2.inf()
        self._zero = gmpy2.mpfr(0)
        self._sqrt = np.frompyfunc(lambda x: gmpy2.sqrt(x) if x > 0 else self._zero, 1, 1)
        self._divide = np.frompyfunc(lambda x, y: x / y if y else self._zero, 2, 1)
        self._convert = np.frompyfunc(self._number, 1, 1)
        self._origin = origin
        self._restore = np.frompyfunc(self._original, 1, 1)

    def convert(self, value: Any) -> Any:
        """Make numbers of this kind, exactly."""
        return self._convert(value)

    def restore(self, value: Any) -> Any:
        """Make mpmath's numbers again, exactly."""
        return self._restore(value)

    def dyadic(self, man: int, exp: int) -> Any:
        """Make man * 2**exp."""
        number = gmpy2.mpfr(man)
        return gmpy2.mul_2exp(number, exp) if exp >= 0 else gmpy2.div_2exp(number, -exp)

    def divide(self, x: Any, y: Any) -> Any:
        """Divide; by zero gives 0."""
        return self._divide(x, y)

    def sqrt(self, x: Any) -> Any:
        """Square root; 0 below 0."""
        return self._sqrt(x)

    def grain(self, terms: Sequence[tuple[Any, ...]]) -> int | None:
        """The largest q such that every term is a multiple of 2**q; 0 if all are 0."""
        exponents = [sum(map(_last_bit, term)) for term in terms if all(term)]
        return min(exponents, default=0)

    def _number(self, value: Any) -> Any:
        if isinstance(value, int | float | gmpy2.mpfr):
            return gmpy2.mpfr(value)
        return self.dyadic(*to_dyadic(value))

    def _original(self, x: Any) -> Any:
        if gmpy2.is_finite(x):
            return self._origin.dyadic(*to_dyadic(x))
        return self._origin.convert(float(x))


def _last_bit(x: Any) -> int:
    """The exponent of the last bit of a number that is not 0."""
    man, exp = x.as_mantissa_exp()
    return int(exp) + man.bit_scan1()
