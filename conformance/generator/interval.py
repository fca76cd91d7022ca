"""The numbers of a format within a bound of an exact number, and a bound in three digits."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import floor, log10

from goldenrule.reference.rounding import Dyadic, Format


def within(exact: Dyadic, reach: Dyadic, target: Format) -> tuple[int, int] | None:
    """The least and the largest number of a format that lie within reach of an exact number.

    They are bit patterns. An end that rounds to an infinity is one. None if no number lies there.

    >>> from goldenrule.reference.rounding import FORMATS
    >>> [FORMATS["float32"].value(bits) for bits in within((1, 0), (1, -24), FORMATS["float32"])]
    [(16777215, -24), (8388608, -23)]
    """
    below, above = _sum(exact, (-reach[0], reach[1])), _sum(exact, reach)
    low = _infinity(target, below) or target.round(*below, "up")
    high = _infinity(target, above) or target.round(*above, "down")
    return None if _place(target, low) > _place(target, high) else (low, high)


def three_digits(x: Dyadic) -> str:
    """A nonnegative dyadic in decimal, rounded up to three significant digits.

    >>> three_digits((1, -10)), three_digits((0, 0)), three_digits((1023, 0))
    ('9.77e-04', '0', '1.03e+03')
    """
    if x[0] == 0:
        return "0"
    value = x[0] * _power(2, x[1])
    exponent = floor((x[0].bit_length() + x[1]) * log10(2)) - 1
    while value >= _power(10, exponent + 1):
        exponent += 1
    digits = -(-value // _power(10, exponent - 2))
    if digits == 1000:
        digits, exponent = 100, exponent + 1
    return f"{digits // 100}.{digits % 100:02d}e{exponent:+03d}"


def _infinity(target: Format, x: Dyadic) -> int | None:
    """The infinity that a number rounds to, if it does."""
    nearest = target.round(*x)
    return nearest if abs(_place(target, nearest)) == target.infinity else None


def _place(target: Format, bits: int) -> int:
    """Where a number stands among those of its format, both zeros in the middle."""
    size = bits & ~target.negative_zero
    return size if size == bits else -size


def _sum(x: Dyadic, y: Dyadic) -> Dyadic:
    exp = min(x[1], y[1])
    return (x[0] << (x[1] - exp)) + (y[0] << (y[1] - exp)), exp


@cache
def _power(base: int, exponent: int) -> Fraction:
    return Fraction(base) ** exponent
