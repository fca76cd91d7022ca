"""The lint of layers: shapes, kernels and attributes at which mistakes hide are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from goldenrule.conformance.cases.case import Case, gradient, layer, layers
from goldenrule.conformance.cases.lint import lint

X = np.linspace(-2.0, 3.0, 48).reshape(2, 4, 6)
W = np.linspace(-1.0, 2.5, 30).reshape(5, 2, 3)
AT = {"stride": (2,), "dilation": (3,), "padding": ((1, 2),), "groups": 2}
AT_2 = {"stride": (2, 3), "dilation": (3, 1), "padding": ((1, 2), (0, 1)), "groups": 1}


def conv(id: str = "conv", **changes: Any) -> Case:
    given = {"x": X, "w": W} | changes.pop("given", {})
    attributes = AT | changes.pop("attributes", {})
    return layer(
        id, "a reason", given=given, hyper={}, attributes=attributes, flags=["state"], **changes
    )


def plane(id: str = "plane", **changes: Any) -> Case:
    return conv(
        id,
        given={"x": X.reshape(2, 4, 3, 2), "w": W.reshape(5, 3, 2, 1)},
        attributes=AT_2 | changes,
    )


def back(case: Case) -> Case:
    given = case.problem.steps[0].given | {"dy": X}
    attributes = case.problem.steps[0].attributes
    id = f"gradient-{case.id}"
    return gradient(id, "why", given=given, hyper={}, attributes=attributes, flags=["state"])


def norm(**changes: Any) -> Case:
    given = {"x": X, "gamma": [1.0, 2.0], "beta": [0.5, -1.0]} | changes.pop("given", {})
    hyper = {"eps": 1e-3, "momentum": 0.1} | changes.pop("hyper", {})
    return layer("norm", "a reason", given=given, hyper=hyper, flags=["state"], **changes)


def problems(*cases: Case) -> str:
    return "\n".join(lint(cases, lambda _: True))


def asked(*cases: Case) -> tuple[Case, ...]:
    return (*cases, *map(back, cases))


def test_good_cases_pass() -> None:
    assert problems(*asked(conv(), plane())) == ""


@pytest.mark.parametrize(
    ("case", "complaint"),
    [
        (conv(given={"w": np.ones(W.shape)}), "w is constant"),
        (conv(given={"w": np.broadcast_to(W[..., :1], W.shape)}), "the kernel is symmetric"),
        (norm(given={"gamma": [2.0, 2.0]}), "gamma is constant"),
        (norm(given={"beta": [0.0, 0.0]}), "beta is constant"),
        (norm(given={"gamma": [1.0]}), "gamma = 1.0 is neutral"),
        (norm(given={"dy": np.ones((2, 3))}), "dy is constant"),
        (norm(hyper={"momentum": 0.5}), "momentum = 0.5"),
        (norm(hyper={"eps": 0.0}), "eps = 0.0 is neutral"),
        (norm(given={"x": np.ones(X.shape)}), "x is constant, and no flag says so"),
    ],
)
def test_a_degenerate_case_is_refused(case: Case, complaint: str) -> None:
    assert complaint in problems(case)


@pytest.mark.parametrize(
    ("cases", "complaint"),
    [
        (asked(conv(), conv()), "the id is used twice"),
        ((conv(), plane()), "gradient: no case"),
        (asked(conv(given={"x": X[:, :, :2]})), "no x whose axes all differ"),
        (asked(conv(given={"w": W[:3]})), "no kernel whose axes all differ"),
        (asked(conv(given={"w": W[:2]})), "every group of a kernel is a single channel"),
        (asked(conv(), plane(stride=(2, 2))), "no stride that differs"),
        (asked(conv(), plane(dilation=(2, 2))), "no dilation that differs"),
        (asked(conv(attributes={"padding": ((1, 1),)})), "no padding that differs from end to end"),
        (asked(conv()), "no padding that differs from axis to axis"),
        (asked(conv(attributes={"output_padding": (1,)})), "no output padding that differs"),
        (asked(plane()), "never more than one group"),
        (asked(conv(attributes={"dilation": (1,)})), "stride and dilation never exceed 1 together"),
        ((norm(given={"x": X[:, :2, :2]}),), "is normalized with gamma"),
        (asked(conv(attributes={"axis": 1})), "axis is always the same"),
        (asked(conv(given={"x": X + 3})), "all elements of x have one sign"),
        ((norm(state={"running_mean": [1.0]}),), "state is never carried"),
        ((norm(hyper={"eps": 0.125}),), "eps never has more than 8 bits"),
    ],
)
def test_degenerate_cases_together_are_refused(cases: tuple[Case, ...], complaint: str) -> None:
    assert complaint in problems(*cases)


def test_what_is_asked_on_purpose_is_flagged() -> None:
    case = norm(given={"x": np.ones(X.shape)}, hyper={"eps": 0.0})
    complaints = problems(replace(case, flags=("constant", "no-eps")))
    assert "x is constant" not in complaints
    assert "eps = 0.0" not in complaints


def test_batches_in_a_row_carry_the_state() -> None:
    given = [{"x": X}, {"x": -X}]
    state = {"running_mean": [1.0]}
    case = layers("run", "why", given=given, hyper={"eps": 1e-3}, state=state, flags=["state"])
    assert len(case.problem.steps) == 2
    assert "never carried" not in problems(case)
