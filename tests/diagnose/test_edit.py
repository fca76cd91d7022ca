"""Wrong functions are made by small edits, and only where the text has what is edited."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from goldenrule.conformance.mistakes.alter import (
    chain,
    computed,
    given,
    moving,
    operations,
    returned,
)
from goldenrule.conformance.mistakes.edit import edit, flipped_update, occurs, stale
from goldenrule.conformance.mistakes.mistake import Transform
from goldenrule.reference.catalogue import parameters
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.convolutions import conv
from goldenrule.reference.normalizations import layer_norm


def right(ctx, theta, g, a, *, alpha, beta=None):
    """A rule of a velocity a, with an option, and a root."""
    if beta is None:
        a = g
    else:
        a = beta * a
        a = ctx.store(a + g)
    theta = theta - alpha * ctx.sqrt(a)
    return {"theta": theta, "a": a}


CTX = IeeeContext()
SYMBOLS = {"theta": 1.0, "g": 3.0, "a": 2.0, "alpha": 0.5, "beta": 0.5}


def take(transform: Transform, **symbols: Any) -> dict[str, float]:
    wrong = transform(right)
    assert wrong is not None
    assert parameters(wrong) == parameters(right)
    return wrong(CTX, **(SYMBOLS | symbols))


def test_the_right_function() -> None:
    assert right(CTX, **SYMBOLS) == {"theta": 0.0, "a": 4.0}


@pytest.mark.parametrize(
    ("transform", "theta", "a"),
    [
        (edit({"beta * a": "a"}), 1 - 0.5 * 5**0.5, 5.0),
        (edit({"nowhere": "a"}, {"a + g": "g"}), 1 - 0.5 * 3**0.5, 3.0),
        (edit({"beta * a": "beta * a", "a": "0 * a"}), 1.0, 0.0),
        (stale("a"), 1 - 0.5 * 2**0.5, 4.0),
        (flipped_update, 2.0, 4.0),
        (given(g=lambda s: s.g + 5 * s.beta * s.a), -0.5, 9.0),
        (returned(a=lambda s, out: out["a"] - s.a), 0.0, 2.0),
        (moving(given(g=lambda s: 15 * s.g / 5)), 1 - 0.5 * 10**0.5, 4.0),
        (operations(sqrt=lambda _, x: x), -1.0, 4.0),
        (chain(edit({"beta * a": "0 * a"}), given(alpha=lambda _: 0.0)), 1.0, 3.0),
    ],
)
def test_wrong_functions(transform: Transform, theta: float, a: float) -> None:
    assert take(transform) == {"theta": pytest.approx(theta), "a": a}


def test_what_is_not_given_is_not_changed() -> None:
    doubled = given(beta=lambda s: 2 * s.beta, g=lambda s: 2 * s.g)
    assert take(doubled, beta=None) == right(CTX, **(SYMBOLS | {"beta": None}))


@pytest.mark.parametrize(
    "transform",
    [
        edit({"rho": "0"}),
        edit({"beta * a": "a", "rho": "0"}),
        stale("m"),
        given(rho=lambda _: 0),
        returned(v=lambda *_: 0),
        operations(max=lambda *_: 0),
        chain(given(alpha=lambda _: 0), given(rho=lambda _: 0)),
        moving(given(rho=lambda _: 0)),
    ],
)
def test_no_wrong_function_without_the_place_for_it(transform: Transform) -> None:
    assert transform(right) is None


def test_occurrence() -> None:
    assert occurs("rho", "beta * a")(right)
    assert not occurs("a * beta")(right)


NORM = {"x": np.array([[1.0, 2.0, 6.0]]), "axis": 1, "eps": 0.5}


def normalized(function: Any) -> list[float]:
    return [float(x) for x in function(CTX, **NORM)["y"].ravel()]


def test_an_edit_reaches_the_parts_of_a_form() -> None:
    right_form, *_, onepass = layer_norm.FORMS["elementwise"]
    before = normalized(right_form)
    wrong = edit({"v + eps": "v"})(right_form)
    assert wrong is not None
    assert parameters(wrong) == parameters(right_form)
    assert normalized(wrong) == [
        pytest.approx(x * (14 / 3 + 0.5) ** 0.5 / (14 / 3) ** 0.5) for x in before
    ]
    assert normalized(right_form) == before
    assert edit({"nowhere": "v"})(right_form) is None
    assert onepass.profile == "onepass"


def test_an_edit_reaches_the_helpers_of_other_modules() -> None:
    attributes = {"stride": (1,), "dilation": (1,), "padding": ((1, 0),), "groups": 1}
    tensors = {"x": np.array([[[1.0, 2.0]]]), "w": np.array([[[3.0, 5.0]]])}
    wrong = edit({"d * k - low": "d * k"})(conv.FORMS["zeros"][0])
    assert wrong is not None
    right_y, wrong_y = (
        function(CTX, **tensors, **attributes)["y"].ravel().tolist()
        for function in (conv.FORMS["zeros"][0], wrong)
    )
    assert (right_y, wrong_y) == ([5.0, 13.0], [13.0, 6.0])


def test_operations_are_replaced_in_helpers_too() -> None:
    wrong = operations(sqrt=lambda _, x: x)(layer_norm.FORMS["elementwise"][0])
    assert wrong is not None
    scale = (14 / 3 + 0.5) ** 0.5
    right_y = normalized(layer_norm.FORMS["elementwise"][0])
    assert normalized(wrong) == [pytest.approx(y / scale) for y in right_y]


def test_an_output_that_is_not_given_is_altered() -> None:
    wrong = computed(y=lambda s, out: out["y"] + s.eps, dx=lambda _, out: -out["dx"])
    function = wrong(layer_norm.FORMS["elementwise"][0])
    assert function is not None
    assert normalized(function)[0] == normalized(layer_norm.FORMS["elementwise"][0])[0] + 0.5
