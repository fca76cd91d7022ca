"""Sums and dot products in every arithmetic, against exact ones."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath.libmp import finf, fninf, to_rational

from goldenrule.reference.certify import round_enclosure
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.contexts.iv import Interval, IvContext
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.contexts.sym import SymContext
from goldenrule.reference.contexts.tape import TapeContext
from goldenrule.reference.run import elements

from .arb_oracle import rounded
from .test_contexts import number

quick = settings(deadline=None, derandomize=True, max_examples=200)
floats = st.floats(allow_nan=False, allow_infinity=False)
vectors = st.lists(floats, max_size=12)

CONTEXTS = {
    "mp": MpContext(200),
    "iv": IvContext(200),
    "sym": SymContext(),
    "ieee": IeeeContext(),
    "tape over mp": TapeContext(MpNumbers(200)),
    "tape over arrays": TapeContext(ArrayNumbers()),
}
every = pytest.mark.parametrize("ctx", CONTEXTS.values(), ids=CONTEXTS)


def ends(x: Interval) -> list[Fraction]:
    return [Fraction(*(int(part) for part in to_rational(end))) for end in x.ends]


# EVERYWHERE


@every
def test_sums_and_dot_products(ctx):
    xs = [ctx.tensor(x) for x in (1.0, -2.0, 4.0)]
    assert number(ctx.fsum(xs)) == 3
    assert number(ctx.fsum([*xs, 1, ctx.scalar(0.5)])) == 4.5
    assert number(ctx.fdot(xs, [1, 2, ctx.scalar(0.25)])) == -2
    assert number(ctx.fdot(xs, xs, among=xs)) == 21
    with pytest.raises(ValueError, match="zip"):
        ctx.fdot(xs, xs[:2])


@every
def test_arrays_of_any_shape_are_added_up(ctx):
    make = elements(ctx)
    x = make(np.arange(12.0).reshape(3, 4))
    assert number(ctx.fsum(x)) == 66
    assert number(ctx.fsum(x[:, 1:3])) == 33
    assert number(ctx.fdot(x[1:], x[:2])) == sum(n * (n + 4) for n in range(8))


@every
def test_nothing_adds_up_to_0(ctx):
    empty = np.empty((3, 0), dtype=object)
    for zero in (ctx.fsum([]), ctx.fsum(empty), ctx.fdot([], []), ctx.fdot(empty, empty)):
        assert number(zero) == 0
        assert number(ctx.tensor(2.0) + zero) == 2


@every
def test_tensors_have_any_shape(ctx):
    make = elements(ctx)
    for shape in ((), (3,), (2, 1, 2), (0,), (2, 0, 3)):
        tensor = make(np.ones(shape))
        assert isinstance(tensor, np.ndarray)
        assert (tensor.shape, tensor.dtype) == (shape, object)
        assert all(number(x) == 1 for x in tensor.flat)


# EXACTLY


@quick
@given(vectors, st.data())
def test_enclosures_are_exact_sums_rounded_once(xs, data):
    """However far apart the terms are: no term is dropped, and no partial sum rounded."""
    ctx = IvContext(160)
    ys = data.draw(st.lists(floats, min_size=len(xs), max_size=len(xs)))
    tensors = [[ctx.tensor(x) for x in values] for values in (xs, ys)]
    exact = sum(map(Fraction, xs), Fraction(0))
    products = sum((Fraction(x) * Fraction(y) for x, y in zip(xs, ys, strict=True)), Fraction(0))
    for value, enclosure in ((exact, ctx.fsum(tensors[0])), (products, ctx.fdot(*tensors))):
        low, high = ends(enclosure)
        assert low <= value <= high
        assert high - low <= abs(value) / 2**158


@quick
@given(vectors)
def test_an_independent_library_finds_the_same_160_bits(xs):
    ctx = IvContext(4096)
    found = round_enclosure(ctx.fsum([ctx.tensor(x) for x in xs]))
    assert found is not None
    exact = sum((fmpq(*x.as_integer_ratio()) for x in xs), fmpq(0))
    assert found[0] * Fraction(2) ** found[1] == rounded(arb(exact).mid())


@quick
@given(st.lists(st.tuples(floats, floats).map(sorted), min_size=1, max_size=6), st.data())
def test_sums_of_intervals_enclose(pairs, data):
    ctx = IvContext(64)
    intervals, values, weights = [], [], []
    for low, high in pairs:
        ((a, _), (b, _)) = ctx.tensor(low).ends, ctx.tensor(high).ends
        intervals.append(Interval((a, b), 64))
        part = data.draw(st.integers(0, 4))
        values.append(Fraction(low) + (Fraction(high) - Fraction(low)) * part / 4)
        weights.append(data.draw(st.floats(-9, 9)))
    low, high = ends(ctx.fsum(intervals))
    assert low <= sum(values) <= high
    low, high = ends(ctx.fdot(intervals, [ctx.tensor(w) for w in weights]))
    assert low <= sum(x * Fraction(w) for x, w in zip(values, weights, strict=True)) <= high


def test_what_has_no_end_stays_so():
    ctx = IvContext(64)
    everything = ctx.sqrt(ctx.tensor(-1.0))
    assert ctx.fsum([ctx.tensor(1.0), everything]).ends == (fninf, finf)
    assert ctx.fdot([ctx.tensor(2.0)], [everything]).ends == (fninf, finf)


def test_special_values_run_through_sums():
    ctx = IeeeContext()
    one, inf, nan = (ctx.tensor(float(x)) for x in ("1", "inf", "nan"))
    with np.errstate(all="ignore"):
        assert ctx.fsum([one, inf]) == inf
        assert np.isnan(ctx.fsum([one, nan, one]))
        assert np.isnan(ctx.fsum([inf, -inf]))
        assert np.isnan(ctx.fdot([inf, one], [ctx.tensor(0.0), one]))
        assert ctx.fdot([one, inf], [one, -one]) == -inf
