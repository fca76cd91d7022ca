"""The reference texts of cross-correlation and convolution of arrays, with exact fractions."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .convolving import array, call, dot


def plain(rule, dialect, x, w):
    """The definition, over every k of the full result; then the part that is kept."""
    lags = [range(-(k - 1), n) for n, k in zip(x.shape, w.shape, strict=True)]
    full = np.full([len(r) for r in lags], Fraction(0), dtype=object)
    for place, lag in zip(np.ndindex(full.shape), product(*lags), strict=True):
        for n in np.ndindex(w.shape):
            if rule == "cross_correlation":
                at = [a + b for a, b in zip(n, lag, strict=True)]
            else:  # the full convolution starts at k = 0
                at = [a - b for a, b in zip(place, n, strict=True)]
            if all(0 <= a < size for a, size in zip(at, x.shape, strict=True)):
                full[place] += x[tuple(at)] * w[n]
    kept = {
        "full": [slice(None)] * x.ndim,
        "same": [
            slice((k - 1) // 2, (k - 1) // 2 + n) for n, k in zip(x.shape, w.shape, strict=True)
        ],
        "valid": [slice(k - 1, n) for n, k in zip(x.shape, w.shape, strict=True)],
    }
    return full[tuple(kept[dialect])]


@st.composite
def arrays(draw):
    axes = draw(st.integers(1, 3))
    sizes = [draw(st.integers(1, 4)) for _ in range(axes)]
    kernel = [draw(st.integers(1, n)) for n in sizes]
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    return array(rng, *sizes), array(rng, *kernel), rng


@pytest.mark.parametrize("rule", ["cross_correlation", "convolution"])
@pytest.mark.parametrize("dialect", ["full", "same", "valid"])
@settings(max_examples=30, deadline=None)
@given(case=arrays())
def test_plain_arrays(rule, dialect, case):
    x, w, rng = case
    expected = plain(rule, dialect, x, w)
    y = call(rule, dialect, x, w)["y"]
    assert y.shape == expected.shape and y.tolist() == expected.tolist()
    dy = array(rng, *y.shape)
    got = call(rule, dialect, dy, x, w, kind="gradient")
    u, v = array(rng, *x.shape), array(rng, *w.shape)
    assert dot(got["dx"], u) == dot(dy, plain(rule, dialect, u, w))
    assert dot(got["dw"], v) == dot(dy, plain(rule, dialect, x, v))
