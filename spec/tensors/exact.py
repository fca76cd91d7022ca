"""Exact numbers: Python's integers and fractions, SymPy's rationals, and coefficients."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy import Rational
from sympy.polys.domains import QQ


def exact(value: Any) -> Any:
    """Make SymPy's numbers of integers and fractions; leave other values as they are.

    >>> exact(Fraction(1, 2)), exact("x")
    (1/2, 'x')
    """
    return Rational(value) if isinstance(value, int | Fraction) else value


def fraction(value: Any) -> Fraction:
    """Give an exact number as a fraction. Raises TypeError for any other.

    >>> fraction(Rational(1, 2))
    Fraction(1, 2)
    """
    if isinstance(value, Rational):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, int | Fraction):
        return Fraction(value)
    raise TypeError(f"{value!r} is not an exact number")


def coefficient(value: Any) -> Any:
    """Give an exact number as a coefficient of polynomials."""
    number = fraction(value)
    return QQ(number.numerator, number.denominator)
