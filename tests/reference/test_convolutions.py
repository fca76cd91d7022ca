"""The reference text of convolution, with exact fractions against sums written out plainly."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .convolving import DIALECTS, PADDED, SHAPES, array, call, conv, dot, question


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", SHAPES)
def test_conv_is_the_sum_written_out(name, dialect):
    x, w, attributes = question(name, dialect)
    b = array(np.random.default_rng(5), len(w))
    plain = conv(dialect, x, w, **attributes)
    y = call("conv", dialect, x, w, **attributes)["y"]
    assert y.shape == plain.shape and y.tolist() == plain.tolist()
    biased = call("conv", dialect, x, w, b, **attributes)["y"]
    assert biased.tolist() == (plain + b.reshape(-1, *[1] * (x.ndim - 2))).tolist()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", SHAPES)
def test_the_gradients_of_conv_are_adjoint(name, dialect):
    x, w, attributes = question(name, dialect)
    rng = np.random.default_rng(7)
    dy = array(rng, *conv(dialect, x, w, **attributes).shape)
    got = call("conv", dialect, dy, x, w, kind="gradient", **attributes)
    u, v = array(rng, *x.shape), array(rng, *w.shape)
    assert dot(got["dx"], u) == dot(dy, conv(dialect, u, w, **attributes))
    assert dot(got["dw"], v) == dot(dy, conv(dialect, x, v, **attributes))
    assert got["db"].tolist() == [sum(dy[:, o].flat, Fraction(0)) for o in range(len(w))]


def test_sizes_of_nothing():
    x, w, attributes = question("kernel too long", "zeros")
    assert call("conv", "zeros", x, w, **attributes)["y"].shape == (1, 2, 0)
    dy = np.empty((1, 2, 0), dtype=object)
    got = call("conv", "zeros", dy, x, w, kind="gradient", **attributes)
    assert not any(value for tensor in got.values() for value in tensor.flat)


def test_reflection_may_go_to_and_fro():
    x = np.array([[[Fraction(n) for n in (1, 2, 3)]]], dtype=object)
    w = np.array([[[Fraction(1)]]], dtype=object)
    attributes = {"stride": (1,), "dilation": (1,), "groups": 1, "padding": ((5, 4),)}
    y = call("conv", "reflect", x, w, **attributes)["y"]
    assert y.ravel().tolist() == [2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3]


# HYPOTHESIS: the adjoint identity, for any geometry


@st.composite
def geometry(draw):
    axes = draw(st.integers(1, 2))
    groups = draw(st.integers(1, 2))
    small = st.integers(1, 3)
    dialect = draw(st.sampled_from(DIALECTS))
    x = (
        draw(st.integers(0, 2)),
        groups * draw(small),
        *(draw(st.integers(1, 5)) for _ in range(axes)),
    )
    w = (groups * draw(small), x[1] // groups, *(draw(small) for _ in range(axes)))
    attributes = {
        "stride": tuple(draw(small) for _ in range(axes)),
        "dilation": tuple(draw(small) for _ in range(axes)),
        "groups": groups,
    }
    if dialect in PADDED:
        most = [3 if dialect == "zeros" else n - 1 for n in x[2:]]
        attributes["padding"] = tuple(
            (draw(st.integers(0, n)), draw(st.integers(0, n))) for n in most
        )
    return dialect, x, w, attributes


@settings(max_examples=60, deadline=None)
@given(case=geometry())
def test_any_conv_is_the_sum_and_its_gradients_are_adjoint(case):
    dialect, x, w, attributes = case
    rng = np.random.default_rng(19)
    x, u, w, v = array(rng, *x), array(rng, *x), array(rng, *w), array(rng, *w)
    y = call("conv", dialect, x, w, **attributes)["y"]
    assert y.tolist() == conv(dialect, x, w, **attributes).tolist()
    dy = array(rng, *y.shape)
    got = call("conv", dialect, dy, x, w, kind="gradient", **attributes)
    assert dot(got["dx"], u) == dot(dy, call("conv", dialect, u, w, **attributes)["y"])
    assert dot(got["dw"], v) == dot(dy, call("conv", dialect, x, v, **attributes)["y"])
