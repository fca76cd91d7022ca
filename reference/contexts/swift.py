"""MPFR's numbers in place of mpmath's, where gmpy2 is installed: the same digits, sooner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mpmath.libmp import BACKEND

from .numbers import MpNumbers, Numbers


@contextmanager
def swift(numbers: Numbers) -> Iterator[Numbers]:
    """Give numbers that stand in for these as long as this lasts; then `restore` what is kept.

    mpmath's are replaced if it rests on gmpy2 itself. Others are given as they are.
    """
    if BACKEND != "gmpy" or not isinstance(numbers, MpNumbers):
        yield numbers
        return
    from .mpfr import MpfrNumbers, precision  # gmpy2 may be missing

    with precision(numbers.mp.prec):
        yield MpfrNumbers(numbers)
