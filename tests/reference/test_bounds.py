"""The bound, against bounds derived by hand for functions of one or two operations."""

from fractions import Fraction

import numpy as np
import pytest

from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.profile import FULL, HALF, Profile
from goldenrule.reference.run import Problem, Step, run

from .one_bound import INFINITE, U32, U64, bound, close

# ONE OPERATION


@pytest.mark.parametrize(("profile", "u"), [("float32", U32), ("float64", U64)])
def test_one_rounding(profile, u):
    assert close(bound(lambda _, x, y: x * y, 3.0, -0.7, profile=profile), 2.1 * u)
    assert close(bound(lambda _, x, y: x + y, 3.0, -0.5, profile=profile), 2.5 * u)
    assert close(bound(lambda _, x, y: x - y, 3.0, 0.5, profile=profile), 2.5 * u)
    assert close(bound(lambda _, x, y: x / y, 3.0, -0.5, profile=profile), 6.0 * u)
    assert close(bound(lambda ctx, x: ctx.sqrt(x), 2.25, profile=profile), 1.5 * 2 * u)
    assert close(bound(lambda _, x: x**2, 1.5, profile=profile), 2.25 * 2 * u)


def test_what_does_not_round():
    assert bound(lambda _, x: -x, 3.0) == 0
    assert bound(lambda ctx, x, y: ctx.max(x, y), 3.0, 2.0) == 0
    assert bound(lambda ctx, x, y: ctx.store(ctx.max(x, y)), 3.0, 3.0) == 0
    assert bound(lambda _, x, y: x + y, 3.0, 0.0) == 0
    assert bound(lambda _, x, y: x - y, 0.0, 3.0) == 0
    assert bound(lambda _, x, y: x * y, 0.0, 3.0) == 0
    assert bound(lambda _, x, y: x / y, 0.0, 3.0) == 0
    assert bound(lambda ctx, x: ctx.sqrt(x), 0.0) == 0
    assert bound(lambda _, x: x**1, 0.7) == 0


def test_a_dot_product_counts_its_terms_in_any_order():
    def text(ctx, x, y, z):
        return ctx.fdot([x, y, z], [z, z, x])

    sizes = 3.1 * 0.5 + 2.3 * 0.5 + 0.5 * 3.1
    assert close(bound(text, 3.1, -2.3, 0.5), 3 * U32 * sizes)


# SCALARS


def test_a_scalar_is_rounded_where_it_meets_a_tensor_unless_it_fits():
    product = 3 * Fraction(0.1)
    assert close(bound(lambda _, x, s: s * x, 3.0, [0.125]), 0.375 * U32)
    assert close(bound(lambda _, x, s: s * x, 3.0, [0.1], profile="float64"), product * U64)
    assert close(bound(lambda _, x, s: s * x, 3.0, [0.1]), float(product) * (2 * U32 + U32**2))


@pytest.mark.parametrize(
    ("profile", "step"), [("float64", U64), ("float32", U64), ("float32+ftz+step32", U32)]
)
def test_powers_of_the_step_count_live_in_their_own_format(profile, step):
    """(1 - s**2) x: a power (2 u), a difference, perhaps a cast, a product."""
    got = bound(lambda _, x, s: (1 - s**2) * x, 1.0, [0.7], profile=profile)
    u, s = (U64 if profile == "float64" else U32), Fraction(0.7)
    first = 2 * step * s**2 + step * (1 - s**2)
    if step == U32:
        first += 2 * s * s * U32  # s itself is cast to the step's format
    elif profile == "float32":
        first += U32 * (1 - s**2)  # the correction is cast when it meets x
    assert float(got) == pytest.approx(float(first + u * (1 - s**2)), rel=1e-6)


# ERRORS THAT COME IN


def test_errors_with_a_common_origin_cancel():
    """(x + y) - x: the error of x drops out, the rounding of x + y does not."""
    got = bound(lambda _, x, y: (x + y) - x, 8.0, 1.0, errors=(0.25, 0.125))
    assert close(got, 0.125 + 10 * U32 + U32 + 9.375 * U32**2)  # A, and E - L


def test_products_of_errors_are_covered():
    got = bound(lambda _, x, y: x * y, 8.0, 1.0, errors=(0.25, 0.125), profile="float64")
    assert close(got, 8 * 0.125 + 0.25 + 0.25 * 0.125 + U64 * 9.28125)


def test_an_infinite_error_says_nothing():
    assert bound(lambda _, x: x + 1, 1.0, errors=(INFINITE,)) == INFINITE


# FORMS AND STEPS


def left(_, theta, g, *, alpha):
    return {"theta": (theta + g) - alpha}


def right(_, theta, g, *, alpha):
    return {"theta": theta + (g - alpha)}


def inverse(_, theta, g, *, alpha):
    return {"theta": alpha / (theta + g - 1)}


def of(functions, theta, g, steps=1):
    """The float32 bounds of the steps of a run."""
    numbers = MpNumbers(160)
    step = Step({"g": np.array(g)}, {"alpha": 0.5})
    problem = Problem({"theta": np.array(theta)}, [step] * steps)
    exact = list(run(functions[0], MpContext(160), problem))
    found = trajectory_bounds(functions, problem, exact, [Profile.parse("float32")], numbers)
    return [bound["theta"] for (bound,) in found]


def test_the_bound_is_that_of_the_worst_form():
    theta, g = [1.0, 1000.0, 0.25], [1.0, 1.0, -1e5]
    (one,), (other,), (both,) = (
        of([left], theta, g),
        of([right], theta, g),
        of([left, right], theta, g),
    )
    assert both.tolist() == [max(x, y) for x, y in zip(one, other, strict=True)]
    assert one[0] != other[0]


def test_each_steps_bound_is_the_next_ones_error():
    first, second = of([left], [1.0], [0.25], steps=2)
    assert close(first[0], U32 * 1.25 + U32 * 0.75 + 1.25 * U32**2)
    assert close(second[0], float(first[0]) * (1 + 2 * U32) + U32 * 1.0 + U32 * 0.5 + U32**2)


def test_a_void_element_stays_void_and_alone():
    first, second, third = of([inverse], [2.0**-30, 0.25], [1.0, 0.25], steps=3)
    assert [float(b[0]) for b in (first, second, third)] == [float("inf")] * 3
    assert all(0 < b[1] < 1e-6 for b in (first, second, third))


# BOTH KINDS OF NUMBERS


@pytest.mark.parametrize("profile", FULL + HALF)
def test_arrays_agree_with_mpmath(profile):
    def text(ctx, v, g, s, e):
        v = ctx.store(s * v + (1 - s) * g * g)
        return g / (ctx.sqrt(ctx.max(v, g)) / (1 - s**5) + e)

    vs, gs = np.array([0.5, 2.0, 0.0, 0.25]), np.array([1.5, -3.0, 0.75, 0.25])
    several = bound(text, vs, gs, [0.9], [0.01], profile=profile, numbers=ArrayNumbers())
    for v, g, got in zip(vs, gs, several, strict=True):
        alone = bound(text, v, g, [0.9], [0.01], profile=profile)
        assert got == pytest.approx(float(alone), rel=1e-9)
