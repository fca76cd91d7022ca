"""Where partial sums may overflow, nothing is said of a sum, returned, stored or read."""

import pytest

from .one_bound import INFINITE, U32, bound, close
from .test_sum_bounds import ODD, dot, image, total

LARGE = 3e38


def plus_1(ctx, *xs):
    return ctx.fsum(xs) + 1


def stored(ctx, *xs):
    return ctx.store(ctx.fsum(xs))


def stored_plus_1(ctx, *xs):
    return ctx.store(ctx.fsum(xs)) + 1


@pytest.mark.parametrize("text", [total, plus_1, stored, stored_plus_1])
def test_a_partial_sum_may_overflow(text):
    assert bound(text, LARGE, LARGE, -LARGE) == INFINITE
    assert bound(text, LARGE, -LARGE / 2, ODD) == INFINITE
    assert bound(text, LARGE, -3e37, ODD) < INFINITE
    assert bound(text, LARGE, LARGE, -LARGE, profile="float64") < INFINITE
    assert bound(text, LARGE, -3e37, ODD, errors=(0, 2e37)) == INFINITE


@pytest.mark.parametrize("text", [total, plus_1, stored, stored_plus_1])
def test_a_partial_sum_may_overflow_in_the_half_type_itself(text):
    xs = 6e4, 6e4, -6e4
    assert bound(text, *xs, profile="float16+native") == INFINITE
    assert bound(text, *xs, profile="float16") < INFINITE
    assert bound(text, *xs, profile="bfloat16+native") < INFINITE


def test_so_may_one_of_a_dot_product():
    assert bound(dot, LARGE, LARGE, 1.0, -1.0) == INFINITE
    assert bound(dot, LARGE, -LARGE, 1.0, -1.0) < INFINITE
    assert bound(lambda ctx, *xs: -dot(ctx, *xs), LARGE, LARGE, 1.0, -1.0) == INFINITE
    assert bound(dot, 2.0**100, 1.0, 2.0**30, -1.0) == INFINITE
    assert bound(image, LARGE, 1.0, 0.0, 1.0, 1.0) < INFINITE
    assert bound(image, LARGE, 1.0, 0.0, 1.0, 1.0, profile="float32+winograd") == INFINITE


@pytest.mark.parametrize("sign", [1, -1])
def test_terms_of_one_sign_overflow_as_their_sum_does(sign):
    xs = [sign * LARGE, 0.0, sign * ODD * LARGE]
    assert close(bound(total, *xs), 2 * U32 * (LARGE + ODD * LARGE))
    assert bound(stored, *xs) == bound(total, *xs)
    assert bound(plus_1, *xs) == INFINITE
    assert bound(total, *xs, errors=(1e38, 0, 1e38)) < INFINITE
    assert bound(total, *xs, errors=(0, 1.0)) == INFINITE


def test_a_square_has_one_sign_however_far_it_is_off():
    def squares(ctx, x, y):
        return ctx.fdot([x, y], [x, y])

    assert bound(squares, 2.0**64, 1.0, errors=(0, 2.0)) < INFINITE
    assert bound(dot, 2.0**64, 1.0, 2.0**64, 1.0, errors=(0, 2.0)) == INFINITE


def test_multiples_of_one_number_may_overflow_too():
    step = 2.0**104  # the last bit of the largest float32
    largest = (2.0**24 - 1) * step
    assert bound(total, largest) == 0
    assert bound(total, largest - step, step) == 0
    assert bound(total, largest - step, -step) == 0
    assert bound(total, largest, -step) == INFINITE
    assert bound(total, 2.0**127, 2.0**127, -(2.0**127)) == INFINITE
    assert bound(dot, 2.0**127, 2.0**126, 1.0, -2.0) == INFINITE
    assert bound(dot, 2.0**126, 2.0**125, 1.0, -2.0) == 0
    assert close(bound(total, largest, step), U32 * 2.0**128)
