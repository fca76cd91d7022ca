"""Ordinary floating-point code: formats, scalars, stores, and the rounding of half types."""

import numpy as np
import pytest

from goldenrule.reference.contexts.floats import FloatContext, rounded
from goldenrule.reference.contexts.numbers import to_dyadic
from goldenrule.reference.profile import Profile
from goldenrule.reference.rounding import FORMATS
from goldenrule.reference.run import elements


def context(name):
    return FloatContext(Profile.parse(name))


def test_every_bfloat16_and_its_neighbourhood_are_rounded_as_the_reference_does():
    """Each number of the format, and about the middle between it and the next."""
    tops = np.arange(0x10000, dtype=np.uint32) << 16
    target = FORMATS["bfloat16"]
    for tail in (0, 0x7FFF, 0x8000, 0x8001):
        values = (tops | np.uint32(tail)).view(np.float32)
        got = rounded(values, target).view(np.uint32) >> 16
        finite = np.isfinite(values)
        wanted = [
            target.round(*to_dyadic(x), negative_zero=bool(np.signbit(x))) for x in values[finite]
        ]
        assert got[finite].tolist() == wanted
        assert np.isnan(rounded(values[np.isnan(values)], target)).all()
    infinities = np.array([np.inf, -np.inf], np.float32)
    assert rounded(infinities, target).tolist() == [np.inf, -np.inf]


def test_every_float16_and_its_neighbourhood_are_rounded_as_the_reference_does():
    target = FORMATS["float16"]
    numbers = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float32)
    middles = (numbers[1:] + numbers[:-1]) / 2  # exact: float32 has more bits
    for values in (numbers, middles, np.nextafter(middles, 0), np.nextafter(middles, np.inf)):
        got = rounded(values.astype(np.float32), target).astype(np.float16).view(np.uint16)
        assert got.tolist() == [target.round(*to_dyadic(float(x))) for x in values]


@pytest.mark.parametrize("name", ["float64", "float32", "bfloat16"])
def test_a_scalar_takes_the_format_of_the_tensor_it_meets(name):
    ctx = context(name)
    product = ctx.scalar(0.1) * ctx.tensor(np.ones(3))
    assert product.dtype == ctx.dtype
    assert product[0] == ctx.dtype.type(0.1)
    assert type(1 - ctx.scalar(0.1) ** 3) is float


def test_a_half_type_rounds_where_it_stores_and_not_before():
    third = np.float32(1) / np.float32(3)
    for name, stored in (("bfloat16", np.float32(0.333984375)), ("bfloat16+fused", third)):
        ctx = context(name)
        value = ctx.tensor(1.0) / 3
        assert value == third
        assert ctx.store(value) == stored
        assert ctx.store(elements(ctx)([1.0]) / 3)[0] == stored
        assert ctx.returned(value) == np.float32(0.333984375)
    assert context("float32").store(1 / 3) == third


def test_sums_go_from_the_first_to_the_last():
    ctx = context("float32")
    terms = elements(ctx)([2.0**24, 1.0, 1.0])
    assert ctx.fsum(terms) == 2.0**24
    assert ctx.fsum(terms[::-1]) == 2.0**24 + 2
    assert ctx.fdot(terms, elements(ctx)([1.0, 1.0, 1.0])) == 2.0**24
    assert ctx.fsum([]) == ctx.fdot([], []) == 0


def test_nan_and_infinities_run_through():
    ctx = context("float32")
    with np.errstate(all="ignore"):
        assert np.isnan(ctx.max(ctx.tensor(np.nan), 0))
        assert np.isnan(ctx.sqrt(ctx.tensor(-1.0)))
        assert np.isnan(ctx.sqrt(elements(ctx)([-1.0, 1.0]))[0])
        assert np.isinf(ctx.tensor(1e30) * 1e30)


@pytest.mark.parametrize("name", ["float32+ftz", "bfloat16+native", "float32+ftz+step32"])
def test_what_numpy_does_not_do_is_refused(name):
    with pytest.raises(ValueError, match="does not keep"):
        context(name)
