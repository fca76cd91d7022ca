"""The arithmetic of two binary64 numbers, held against mpmath."""

import operator

import mpmath
import numpy as np
import pytest

from goldenrule.conformance.fuzz.two_float import TwoFloat, TwoFloatContext, quick_two_sum


def numbers(seed, size=500):
    rng = np.random.default_rng(seed)
    high = rng.standard_normal(size) * 10.0 ** rng.uniform(-30, 30, size)
    low = high * 2.0**-53 * rng.uniform(-1, 1, size)
    return TwoFloat(*quick_two_sum(high, low))


def exactly(x):
    with mpmath.workprec(400):
        return [
            mpmath.mpf(float(h)) + mpmath.mpf(float(l)) for h, l in zip(x.hi, x.lo, strict=True)
        ]


def worst(got, exact):
    """The largest relative error, in units of 2^-106."""
    with mpmath.workprec(400):
        pairs = zip(exactly(got), exact, strict=True)
        return max(abs(a - b) / abs(b) for a, b in pairs if b) * 2**106


@pytest.mark.parametrize(
    ("operation", "limit"),
    [(operator.add, 3), (operator.sub, 3), (operator.mul, 7), (operator.truediv, 15)],
)
def test_operations_on_two_floats(operation, limit):
    x, y = numbers(1), numbers(2)
    near = TwoFloat(x.hi * (1 + 1e-9 * np.arange(x.hi.size)), x.lo / 2)
    for a, b in ((x, y), (x, near), (x, -near), (near, x)):
        with mpmath.workprec(400):
            exact = [operation(p, q) for p, q in zip(exactly(a), exactly(b), strict=True)]
        assert worst(operation(a, b), exact) <= limit


def test_roots_and_powers_of_two_floats():
    x = numbers(3) ** 2
    with mpmath.workprec(400):
        roots = [mpmath.sqrt(v) for v in exactly(x)]
        powers = [mpmath.mpf(0.999) ** 1000]
    assert worst(TwoFloatContext().sqrt(x), roots) <= 4
    assert worst(TwoFloat(np.array([0.999])) ** 1000, powers) <= 7 * 20
    assert (TwoFloat(3.0) ** 0).hi == 1 and TwoFloatContext().sqrt(TwoFloat(0.0)).hi == 0
    with np.errstate(invalid="ignore"):
        assert np.isnan(TwoFloatContext().sqrt(TwoFloat(-1.0)).hi)


def test_the_larger_two_float():
    ctx = TwoFloatContext()
    tie = ctx.max(TwoFloat([1.0, 1.0, -2.0]), TwoFloat([1.0, 1.0, 3.0], [1e-20, -1e-20, 0.0]))
    assert tie.hi.tolist() == [1, 1, 3] and tie.lo.tolist() == [1e-20, 0, 0]
    assert ctx.max(TwoFloat([-1.0, 2.0]), 0).hi.tolist() == [0, 2]
