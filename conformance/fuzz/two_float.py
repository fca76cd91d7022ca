"""`two_float`: the exact values of a million elements, to about 100 bits, over NumPy arrays.

A number is the unevaluated sum hi + lo of two binary64 numbers, |lo| at most half a unit in the
last place of hi. The sum of two binary64 numbers and, barring underflow, their product are such
numbers exactly; from these error-free transforms all else is built. The relative errors, with
u = 2^-53: sum 3 u^2, product 7 u^2, quotient 15 u^2, root 4 u^2; so a rule's value is off by its
float64 bound times 2^-48 or so, which decides between error and bound. That holds while products
stay within 2^-960 and 2^990, or are 0.

D. E. Knuth, The Art of Computer Programming, volume 2, 3rd ed., 4.2.2, Theorem B (two_sum).
T. J. Dekker, Numer. Math. 18 (1971), 224-242 (two_product, without fused operations).
Y. Hida, X. S. Li and D. H. Bailey, ARITH-15 (2001), 155-162 (the arithmetic).
M. Joldes, J.-M. Muller and V. Popescu, ACM TOMS 44 (2017), 15res:1-27, algorithms 6, 10 and 17, and
V. Lefevre et al., ACM TOMS 49 (2023), 1-34, algorithm 3 (the error bounds).
"""

from __future__ import annotations

from functools import reduce
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.context import Context
from goldenrule.reference.contexts.operand import Operand
from goldenrule.reference.run import Problem, run

Part = NDArray[np.float64]

_SPLITTER = 2.0**27 + 1


def two_sum(a: Part, b: Part) -> tuple[Part, Part]:
    """The sum of two numbers and its rounding error."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def quick_two_sum(a: Part, b: Part) -> tuple[Part, Part]:
    """As `two_sum`, where a is 0 only if b is, and |a| >= |b|."""
    s = a + b
    return s, b - (s - a)


def two_product(a: Part, b: Part) -> tuple[Part, Part]:
    """The product of two numbers and its rounding error."""
    p = a * b
    a_high, b_high = _high(a), _high(b)
    a_low, b_low = a - a_high, b - b_high
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def _high(a: Part) -> Part:
    """The upper 26 bits of a number."""
    c = _SPLITTER * a
    return c - (c - a)


class TwoFloat(Operand):
    """The numbers hi + lo."""

    __slots__ = ("hi", "lo")

    def __init__(self, hi: Any, lo: Any = 0.0) -> None:
        self.hi: Part = np.asarray(hi, np.float64)
        self.lo: Part = np.asarray(lo, np.float64)

    def operate(self, name: str, left: Any, right: Any) -> TwoFloat:
        """Add, subtract, multiply or divide."""
        x = left if isinstance(left, TwoFloat) else TwoFloat(left)
        y = right if isinstance(right, TwoFloat) else TwoFloat(right)
        match name:
            case "add":
                return _add(x, y)
            case "sub":
                return _add(x, -y)
            case "mul":
                return _multiply(x, y)
        return _divide(x, y)

    def __neg__(self) -> TwoFloat:
        return TwoFloat(-self.hi, -self.lo)

    def __pow__(self, exponent: int) -> TwoFloat:
        """A power with an exponent of at least 0, by squaring."""
        squares = [self]
        for _ in range(exponent.bit_length() - 1):
            squares.append(squares[-1] * squares[-1])
        return reduce(mul, (x for i, x in enumerate(squares) if exponent >> i & 1), TwoFloat(1.0))

    def distance(self, values: Part) -> Part:
        """How far binary64 numbers are from these, rounded."""
        return np.abs((values - self.hi) - self.lo)


def _add(x: TwoFloat, y: TwoFloat) -> TwoFloat:
    s, e = two_sum(x.hi, y.hi)
    t, f = two_sum(x.lo, y.lo)
    s, e = quick_two_sum(s, e + t)
    return TwoFloat(*quick_two_sum(s, e + f))


def _multiply(x: TwoFloat, y: TwoFloat) -> TwoFloat:
    p, e = two_product(x.hi, y.hi)
    return TwoFloat(*quick_two_sum(p, e + (x.hi * y.lo + x.lo * y.hi)))


def _divide(x: TwoFloat, y: TwoFloat) -> TwoFloat:
    q = x.hi / y.hi
    rest = x - y * TwoFloat(q)
    return TwoFloat(*quick_two_sum(q, rest.hi / y.hi))


def _root(x: TwoFloat) -> TwoFloat:
    s = np.sqrt(x.hi)
    p, e = two_product(s, s)
    rest = ((x.hi - p) - e) + x.lo
    return TwoFloat(*quick_two_sum(s, np.where(s == 0, 0.0, rest / (2 * np.where(s == 0, 1, s)))))


class TwoFloatContext(Context):
    """The arithmetic of `TwoFloat`.

    >>> ctx = TwoFloatContext()
    >>> third = ctx.tensor([1.0, 2.0]) / 3
    >>> (third * 3 - ctx.tensor([1.0, 2.0])).hi.tolist()
    [0.0, 0.0]
    """

    def tensor(self, value: Any) -> TwoFloat:
        """A tensor, from binary64 numbers."""
        return TwoFloat(value)

    scalar = tensor

    def sqrt(self, x: Any) -> TwoFloat:
        """Square root; NaN below 0."""
        return _root(x)

    def max(self, x: Any, y: Any) -> TwoFloat:
        """The larger of two numbers."""
        x, y = (a if isinstance(a, TwoFloat) else TwoFloat(a) for a in (x, y))
        first = (x.hi > y.hi) | ((x.hi == y.hi) & (x.lo >= y.lo))
        return TwoFloat(np.where(first, x.hi, y.hi), np.where(first, x.lo, y.lo))


def evaluate(function: Function, problem: Problem) -> list[dict[str, TwoFloat]]:
    """Run an elementwise reference function, and give the outputs of every step."""
    ctx = TwoFloatContext()
    with np.errstate(all="ignore"):
        return list(run(function, ctx, problem, ctx.tensor))
