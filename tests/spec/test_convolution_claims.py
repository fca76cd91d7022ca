"""The claims about convolutions: what is covered, and that facts about arrays notice mistakes."""

from itertools import product

import numpy as np
import pytest
from sympy import Integer, symbols

from goldenrule.spec.claim import Refuted, claims_for
from goldenrule.spec.claims.convolutions import (
    conv,
    conv_gradients,
    conv_same,
    conv_shapes,
    conv_transpose,
    convolution,
    cross_correlation,
)
from goldenrule.spec.claims.convolving import array, run
from goldenrule.spec.convolutions.conv import same_lower, same_upper, zeros
from goldenrule.spec.proofs.arrays import Same
from goldenrule.spec.proofs.fact import ClaimError
from goldenrule.spec.tensors.algebra import generators

RULES = ("conv", "conv_transpose", "convolution", "cross_correlation")
CLAIMS = [claim for rule in RULES for claim in claims_for(f"convolutions/{rule}")]
STRIDE = {"stride": (4,)}
a, b = symbols("a b", real=True)
X = generators({"x": (2,)})["x"]


def test_numbers_are_covered():
    assert {claim.number for claim in CLAIMS} == {*range(33, 40), 54, 55, 56}
    assert [claim.number for claim in CLAIMS if isinstance(claim, Refuted)] == [55, 56, 54, 33]


def test_what_is_proved_is_known():
    lengths = "proved for kernel lengths 1 to 4"
    small = "L <= 5, K, stride, dilation <= 3"
    assert {(claim.number, claim.name): claim.status for claim in CLAIMS} == {
        (33, "commutes"): lengths,
        (33, "operands-commute"): "refuted",
        (34, "linear"): lengths,
        (34, "moves-with-the-image"): lengths,
        (35, "output-length"): (
            "proved, counted for L <= 6, K, stride <= 3, dilation, padding <= 2"
        ),
        (35, "output-length-examples"): "proved",
        (35, "length-back"): "proved",
        (36, "adjoint"): lengths,
        (36, "backward-steps"): lengths,
        (36, "chain-rule"): "proved",
        (36, "gradients"): lengths,
        (36, "places"): "proved",
        (36, "unflipped"): lengths,
        (37, "as-matrices"): (
            "proved for numbers of channels 1 to 4 and for numbers of groups 1 to 4"
        ),
        (37, "toeplitz"): lengths,
        (38, "same-is-symmetric"): "proved",
        (38, "same-counted"): (f"counted for L <= 12, K, stride, dilation <= 6; {small}"),
        (38, "same-is-symmetric-examples"): "proved",
        (39, "derivative-of-a-convolution"): "proved",
        (39, "difference-of-a-convolution"): lengths,
        (54, "deconvolution"): "refuted",
        (55, "same-pads-evenly"): "refuted",
        (56, "same-keeps-the-length"): "refuted",
    }


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([(a + b) ** 2, 1], [a**2 + 2 * a * b + b**2, 1]),
        (X * 2, X + X),
        ({"dx": X, "dw": [1]}, {"dx": X, "dw": [1]}),
        (a * b, b * a),
    ],
)
def test_same(left, right):
    fact = Same("so it is", lambda: (left, right))
    fact.check()
    assert fact.relations()[0].decided() is not False


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ([a, b], [a, b, b], "shapes"),
        ([], [], "shapes"),
        ([a, b], [a, a], "element"),
        (X, X[::-1], "element"),
        (X, [1, 2], "element"),
        ({"dx": X}, {"dw": X}, "there are dx; dw"),
        ({}, {}, "there are none; none"),
        ([Integer(1)], [Integer(2)], "element"),
    ],
)
def test_not_the_same(left, right, message):
    with pytest.raises(ClaimError, match=message):
        Same("not so", lambda: (left, right)).check()


def test_what_is_stated_is_short():
    x = array("x", 9)
    sums = np.array([x[: n + 1].sum() for n in range(9)])
    (stated,) = Same("sums", lambda: (sums, sums)).relations()
    assert len(stated.symbols) == 4


def test_a_run_takes_no_unknown_attributes():
    x = array("x", 1, 1, 3)
    with pytest.raises(ValueError, match="same_upper takes no padding"):
        run(same_upper, x, x, padding=((1, 1),))


def test_the_adjoint_of_something_else_is_refused(monkeypatch):
    monkeypatch.setitem(conv_transpose.FORWARD, "same", same_lower)
    left, right = conv_transpose.pairings(2, conv_transpose.RULE.dialect("same"))
    with pytest.raises(ClaimError):
        Same("wrong", lambda: (left, right)).check()


def test_moving_by_less_than_the_stride_is_refused(monkeypatch):
    monkeypatch.setattr(conv, "run", lambda *given, **named: run(*given, **named | STRIDE))
    with pytest.raises(ClaimError):
        Same("wrong", lambda: conv.moved(2, zeros)).check()


def test_the_condition_for_symmetric_padding_is_no_other():
    assert conv_same.symmetric(5, 3, 2, 1) == [1]
    assert conv_same.symmetric(6, 4, 2, 1) == [1]
    assert conv_same.symmetric(6, 3, 2, 1) == []
    assert conv_same.symmetric(4, 2, 1, 1) == []
    assert conv_same.symmetric(1, 2, 2, 3) is None


@pytest.mark.parametrize("sides", [conv_gradients.by_input, conv_gradients.by_kernel])
def test_padding_of_the_other_end_is_refused(sides, monkeypatch):
    def exchanged(dialect, *given, **named):
        if "padding" in named:
            named["padding"] = [pair[::-1] for pair in named["padding"]]
        return run(dialect, *given, **named)

    cut = conv_gradients.cut
    monkeypatch.setattr(conv_gradients, "run", exchanged)
    monkeypatch.setattr(
        conv_gradients, "cut", lambda v, padding, n: cut(v, [p[::-1] for p in padding], n)
    )
    with pytest.raises(ClaimError, match="element"):
        Same("wrong", lambda: sides(2)).check()


@pytest.mark.parametrize(
    ("module", "other"),
    [(cross_correlation, "convolution"), (convolution, "cross_correlation")],
)
def test_the_gradient_that_is_not_turned_is_refused(module, other, monkeypatch):
    own = module.__name__.rpartition(".")[2]
    monkeypatch.setattr(module, other, getattr(module, own))
    with pytest.raises(ClaimError, match="element"):
        Same("wrong", lambda: module.by_input(2)).check()


@pytest.mark.parametrize("dialect", ["adjoint", "same", "valid"])
def test_a_transpose_leads_back_to_the_length(dialect):
    transposed, forward = conv_transpose.RULE.dialect(dialect), conv_transpose.FORWARD[dialect]
    for length, size, by, apart in product((1, 4), (1, 2, 4), (1, 3), (1, 2)):
        attributes = {"stride": (by,), "dilation": (apart,)}
        x, w = np.zeros((1, 1, length), dtype=int), np.zeros((1, 1, size), dtype=int)
        y = run(transposed, x, w, **attributes)
        assert run(forward, np.zeros(y.shape, dtype=int), w, **attributes).shape == x.shape


def test_shapes_are_measured_without_elements():
    assert conv_shapes.shape((3, 2, 64), (16, 2, 5), (1,)) == (3, 16, 62)
