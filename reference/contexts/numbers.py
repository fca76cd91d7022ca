"""The kinds of numbers a tape records: mpmath's, or MPFR's in their place, and NumPy's float64.

A value is a single number or a NumPy array of them, one for each element of a tensor.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import mpmath
import numpy as np
from mpmath.libmp import from_float

from ..rounding import Dyadic, Format


def to_dyadic(x: Any) -> Dyadic:
    """Give a finite number, mpmath's, MPFR's or a float, as (man, exp), worth man * 2**exp.

    >>> to_dyadic(mpmath.mpf("-0.75")), to_dyadic(-0.75)
    ((-3, -2), (-3, -2))
    """
    sign, man, exp, _ = x._mpf_ if hasattr(x, "_mpf_") else from_float(float(x))
    return (-int(man) if sign else int(man)), exp


class Numbers(ABC):
    """What a tape and its sweeps need beside the operators ``+ - *``, powers and ``abs``."""

    infinity: Any

    @abstractmethod
    def convert(self, value: Any) -> Any:
        """Make numbers of this kind, exactly."""

    def restore(self, value: Any) -> Any:
        """Make the numbers again that these stand in for."""
        return value

    @abstractmethod
    def dyadic(self, man: int, exp: int) -> Any:
        """Make man * 2**exp; if it has to be rounded, not below the smallest positive number."""

    @abstractmethod
    def divide(self, x: Any, y: Any) -> Any:
        """Divide; by zero gives 0 (the bound marks such a quotient as void)."""

    @abstractmethod
    def sqrt(self, x: Any) -> Any:
        """Square root; 0 below 0 (the bound marks such a root as void)."""

    def fits(self, x: Any, target: Format) -> bool:
        """Whether a single number is one of the format's."""
        return target.is_exact(*to_dyadic(x))

    def grain(self, terms: Sequence[tuple[Any, ...]]) -> int | None:  # noqa: ARG002
        """The largest q such that every term, a product of numbers, is a multiple of 2**q.

        None where numbers are not looked into.
        """
        return None

    def maximum(self, x: Any, y: Any) -> Any:
        """The larger of two numbers."""
        return np.maximum(x, y) if _any_array(x, y) else max(x, y)

    def where(self, condition: Any, x: Any, y: Any) -> Any:
        """Choose `x` where the condition holds, else `y`."""
        if isinstance(condition, np.ndarray):
            return np.where(condition, x, y)
        return x if condition else y

    def all_nonnegative(self, x: Any) -> bool:
        """Whether no element is negative."""
        return bool(np.all(x >= 0))


class MpNumbers(Numbers):
    """mpmath's floats at a fixed precision: the same digits on every machine."""

    def __init__(self, precision: int) -> None:
        self.mp = mpmath.mp.clone()
        self.mp.prec = precision
        self.infinity = self.mp.inf
        self._sqrt = np.frompyfunc(lambda x: self.mp.sqrt(x) if x > 0 else self.mp.zero, 1, 1)
        self._divide = np.frompyfunc(lambda x, y: x / y if y else self.mp.zero, 2, 1)
        self._convert = np.frompyfunc(self.mp.mpf, 1, 1)

    def convert(self, value: Any) -> Any:
        """Make numbers of this kind, exactly."""
        return self._convert(value)

    def dyadic(self, man: int, exp: int) -> Any:
        """Make man * 2**exp."""
        return self.mp.ldexp(man, exp)

    def divide(self, x: Any, y: Any) -> Any:
        """Divide; by zero gives 0."""
        return self._divide(x, y)

    def sqrt(self, x: Any) -> Any:
        """Square root; 0 below 0."""
        return self._sqrt(x)

    def grain(self, terms: Sequence[tuple[Any, ...]]) -> int | None:
        """The largest q such that every term is a multiple of 2**q; 0 if all are 0."""
        exponents = [sum(x._mpf_[2] for x in term) for term in terms if all(term)]
        return min(exponents, default=0)  # mpmath's mantissas are odd


class ArrayNumbers(Numbers):
    """NumPy's float64: for checks of a million elements."""

    infinity = np.inf

    def convert(self, value: Any) -> Any:
        """Make numbers of this kind, exactly."""
        return np.asarray(value, dtype=np.float64)[()]

    def dyadic(self, man: int, exp: int) -> Any:
        """Make man * 2**exp, at least the smallest subnormal."""
        return max(np.ldexp(np.float64(man), exp), np.nextafter(0.0, 1.0))

    def divide(self, x: Any, y: Any) -> Any:
        """Divide; by zero gives 0."""
        x, y = np.broadcast_arrays(self.convert(x), self.convert(y))
        return np.divide(x, y, out=np.zeros(x.shape), where=y != 0)

    def sqrt(self, x: Any) -> Any:
        """Square root; 0 below 0."""
        return np.sqrt(np.maximum(x, 0.0))


def _any_array(*values: Any) -> bool:
    return any(isinstance(value, np.ndarray) for value in values)
