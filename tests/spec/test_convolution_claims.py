"""The claims about convolutions: what is covered, and that facts about arrays notice mistakes."""

import numpy as np
import pytest
from sympy import Integer, symbols

from goldenrule.spec.claim import Refuted, claims_for
from goldenrule.spec.claims.convolutions import conv, conv_same, conv_transpose
from goldenrule.spec.claims.convolving import array, generators, run
from goldenrule.spec.convolutions.conv import same_lower, same_upper, zeros
from goldenrule.spec.proofs.arrays import Same
from goldenrule.spec.proofs.fact import ClaimError

RULES = ("conv", "conv_transpose", "convolution", "cross_correlation")
CLAIMS = [claim for rule in RULES for claim in claims_for(f"convolutions/{rule}")]
STRIDE = {"stride": (4,)}
a, b = symbols("a b", real=True)


def test_numbers_are_covered():
    assert {claim.number for claim in CLAIMS} == set(range(33, 40))
    assert [claim.number for claim in CLAIMS if isinstance(claim, Refuted)] == [33]


def test_what_is_proved_for_all_sizes_is_known():
    unlimited = {claim.name for claim in CLAIMS if claim.status == "proved"}
    assert unlimited == {
        "derivative-of-a-convolution",
        "output-length",
        "output-length-examples",
        "same-is-symmetric",
        "same-is-symmetric-examples",
    }
    others = {claim.status for claim in CLAIMS if claim.name not in unlimited}
    assert others == {"proved for sizes 1 to 4", "refuted"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([(a + b) ** 2, 1], [a**2 + 2 * a * b + b**2, 1]),
        (generators(x=(2,))["x"] * 2, generators(x=(2,))["x"] * 2),
        (generators(x=(2,))["x"], array("x", 2)),
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
        (generators(x=(2,))["x"], generators(x=(2,))["x"][::-1], "element"),
        (generators(x=(2,))["x"], array("x", 2) + 1, "element"),
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
