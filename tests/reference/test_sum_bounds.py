"""The bounds of sums and dot products: derived by hand, and exact for small integers."""

import pytest

from .one_bound import U16, U32, bound, close

ODD = 1 + 2.0**-23  # the last bit of float32, so that nothing is exact


def total(ctx, *xs):
    return ctx.fsum(xs)


def dot(ctx, *xs):
    return ctx.fdot(xs[: len(xs) // 2], xs[len(xs) // 2 :])


def image(ctx, *xs):
    """A window of two of three numbers; the last two are the weights."""
    return ctx.fdot(xs[:2], xs[3:], among=xs[:3])


# BY HAND


def test_a_sum_of_n_has_n_minus_1_roundings():
    assert close(bound(total, ODD, -2.0, 1e9), 2 * U32 * (ODD + 2 + 1e9))
    assert bound(total, ODD) == 0
    got = bound(total, ODD, 2.0, errors=(0.25, 0.5))
    assert close(got, 0.75 + U32 * (ODD + 2.75))


def test_a_dot_product_of_n_has_n_roundings():
    size = ODD * ODD + 6
    assert close(bound(dot, ODD, -2.0, ODD, 3.0), 2 * U32 * size + 4 * 2.0**-150)
    got = float(bound(dot, ODD, -2.0, ODD, 3.0, errors=(0.5,)))
    assert got == pytest.approx(0.5 * ODD + 2 * U32 * (size + 0.5 * ODD), rel=1e-9)


def test_sums_underflow_only_where_flushed():
    tiny = 2.0**-149
    assert bound(total, tiny, tiny, -tiny) == 0
    normal = 2.0**-126
    flushed = float(bound(total, normal, -1.5 * normal, ODD * normal, profile="float32+ftz"))
    assert flushed == pytest.approx(2 * normal, rel=1e-6)


def test_a_mean_may_be_a_product_with_the_rounded_reciprocal():
    assert close(bound(lambda _, x: x / 3, 6.0), 2 * U32 * 2)
    assert close(bound(lambda _, x: x / 4, 6.0), U32 * 1.5)
    assert close(bound(lambda _, x, y: x / y, 6.0, 3.0), U32 * 2)


# EXACT


def test_small_integers_are_added_up_exactly():
    assert bound(total, 3.0, -5.0, 2.0**23) == 0
    assert bound(dot, 3.0, -5.0, 7.0, 11.0) == 0
    assert bound(dot, 3.0, -5.0, 7.0, 11.0, profile="float32+ftz") == 0
    assert bound(dot, 16.0, 1.0, 16.0, 1.0, profile="bfloat16") > 0.5  # stored as an output
    assert bound(dot, 16.0, 1.0, 16.0, 1.0, profile="float16") == 0


def test_integers_that_are_not_small_are_not():
    assert bound(total, 2.0**24 - 1, 1.0) == 0
    assert bound(total, 2.0**24, 1.0) > 0
    assert bound(total, 2.0**24, 1.0, profile="float64") == 0
    assert bound(dot, 4097.0, 1.0, 4095.0, 1.0) == 0
    assert bound(dot, 4097.0, 1.0, 4097.0, 1.0) > 0
    assert bound(total, 255.0, 2.0, profile="bfloat16+native") > 0
    assert bound(total, 255.0, 1.0, profile="bfloat16+native") == 0


def test_multiples_that_leave_the_format_below_are_not():
    tiny = 2.0**-75
    assert bound(dot, tiny, tiny, tiny, 3 * tiny) > 0
    assert bound(dot, tiny, tiny, 4 * tiny, 2 * tiny) == 0
    assert bound(dot, tiny, tiny, 4 * tiny, 2 * tiny, profile="float32+ftz") > 0


def test_operands_with_errors_are_not():
    assert bound(total, 3.0, 5.0, errors=(0.5,)) > 0.5
    assert bound(dot, 3.0, 5.0, errors=(2.0**-80,)) > U32


def test_a_bias_beside_an_exact_dot_product_is_added_exactly_if_that_may_come_first_too():
    def biased(ctx, x, y, b):
        return ctx.store(ctx.fdot([x, y], [y, y])) + b

    assert bound(biased, 3.0, 5.0, -7.0) == 0
    assert bound(biased, 3.0, 5.0, 0.5) == 0
    assert bound(biased, 2.0**10, 2.0**10, -(2.0**21) + 0.5) == 0
    assert bound(biased, 2.0**11, 2.0**11, -(2.0**23) + 0.5) > 0  # 0.5 first, and it is lost
    assert bound(biased, 3.0, 5.0, -7.0, profile="bfloat16") == 0
    assert bound(lambda _, x, y: x - y, 3.0, 5.0) > 0  # elsewhere nothing is looked into


# DECLARED ALGORITHMS


def test_a_transformed_algorithm_depends_on_the_largest_number_it_mixes():
    xs = 3.0, -5.0, 1000.0, 0.5, ODD
    got = float(bound(image, *xs, profile="float32+winograd"))
    assert got == pytest.approx(100 * U32 * 1000 * (0.5 + ODD), rel=1e-6)
    got = float(bound(image, *xs, profile="float32+winograd", errors=(0, 0, 24.0)))
    assert got == pytest.approx(100 * U32 * 1024 * (0.5 + ODD), rel=1e-6)
    assert close(bound(image, *xs), 2 * U32 * (1.5 + 5 * ODD) + 4 * 2.0**-150)
    assert bound(image, 3.0, 5.0, 7.0, 1.0, 1.0, profile="float32+winograd") > 1000 * U32
    assert bound(dot, 3.0, 5.0, 1.0, 1.0, profile="float32+winograd") == 0


def test_what_a_transformed_algorithm_does_not_mix_is_added_directly():
    def biased(ctx, b, x, w):
        return ctx.fdot([b, x], [1, w], among=[x])

    got = float(bound(biased, 1e6, 3.0, 0.5, profile="float32+winograd"))
    assert got == pytest.approx(100 * U32 * (1e6 + 1.5), rel=1e-9)


def test_tf32_rounds_the_factors():
    cut = 2.0**-9 + 2.0**-20
    got = float(bound(image, ODD, -5.0, 0.0, 3.0, ODD, profile="float32+tf32"))
    assert got == pytest.approx((cut + 2 * U32 * (1 + cut)) * (3 * ODD + 5 * ODD), rel=1e-9)
    assert bound(image, 3.0, -5.0, 0.0, 2047.0, 1.0, profile="float32+tf32") == 0
    assert bound(image, 3.0, -5.0, 0.0, 2049.0, 1.0, profile="float32+tf32") > 1
    assert close(bound(dot, ODD, 3.0, profile="float32+tf32"), 3 * ODD * U32 + 2 * 2.0**-150)


def test_native_half_types_compute_in_themselves():
    got = bound(total, 1.0, 2.0**-7, 2.0, profile="bfloat16+native")
    assert close(got, 2 * U16 * (3 + 2.0**-7))
    stored_twice = bound(lambda ctx, x, y: ctx.store(x * y), 1.5, 2.0, profile="bfloat16+native")
    assert close(stored_twice, U16 * 3)
