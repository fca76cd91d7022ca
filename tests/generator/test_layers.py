"""Golden vectors of layers: what is made of a case, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from goldenrule.conformance.cases import profiles
from goldenrule.conformance.cases.case import Case, gradient, layer
from goldenrule.conformance.cases.catalogue import forms_for
from goldenrule.conformance.generator.document import case_document
from goldenrule.conformance.generator.golden import GoldenError, expectations, profiles_of
from goldenrule.reference import catalogue

LAYER_NORM, CONV = "normalizations/layer_norm", "convolutions/conv"
X = np.array([[1.0, -2.0, 0.5], [4.0, 0.25, -1.0]])
EPS = {"eps": 2.0**-8}


def norm(x: Any = X, **changes: Any) -> Case:
    arguments = {"given": {"x": x}, "hyper": EPS, "attributes": {"axis": 1}, "flags": ["state"]}
    return layer("norm", "a reason", **(arguments | changes))


def conv(w: Any, x: Any = ((((1.0, 2.0, 3.0),),)), **changes: Any) -> Case:
    attributes = {"stride": (1,), "dilation": (1,), "padding": ((1, 0),), "groups": 1}
    given = {"x": np.reshape(x, (1, 1, -1)), "w": np.reshape(w, (1, 1, -1))}
    return layer("conv", "", given=given, hyper={}, attributes=attributes, flags=[], **changes)


def made(rule: str, dialect: str, case: Case, *names: str) -> dict[str, Any]:
    return case_document(case, forms_for(rule, dialect, case), names or ("float64",))


def test_attributes_stand_in_the_document_as_lists() -> None:
    (step,) = made(CONV, "zeros", conv([1.0, 2.0]))["steps"]
    assert step["attributes"]["padding"] == [[1, 0]]
    assert step["attributes"]["groups"] == 1
    assert step["expected"]["y"]["shape"] == [1, 1, 3]
    assert step["expected"]["y"]["exact"] == "0x1p+1 0x1.4p+2 0x1p+3"


def test_tensors_have_shapes_of_their_own() -> None:
    case = gradient(
        "gradient",
        "",
        given={"dy": X, "x": X, "gamma": [1.0, 2.0, 3.0]},
        hyper=EPS,
        attributes={"axis": 1},
        flags=[],
    )
    expected = made(LAYER_NORM, "elementwise", case)["steps"][0]["expected"]
    assert {name: x["shape"] for name, x in expected.items()} == {
        "dx": [2, 3],
        "dgamma": [3],
        "dbeta": [3],
    }


def test_nothing_comes_of_nothing() -> None:
    case = norm(np.zeros((0, 3)))
    expected = made(LAYER_NORM, "elementwise", case)["steps"][0]["expected"]["y"]
    assert (expected["shape"], expected["exact"]) == ([0, 3], "")
    assert expected["accept"]["float64"] == {"lo": "", "hi": "", "bound": ""}


def test_small_integers_are_exact_or_refused() -> None:
    names = profiles.profiles_of(CONV)
    good = replace(conv([1.0, -2.0]), flags=("exact-integers",))
    accept = made(CONV, "zeros", good, *names)["steps"][0]["expected"]["y"]["accept"]
    assert accept["float32"]["bound"] == "0 0 0"
    assert accept["float32+winograd"]["bound"] != "0 0 0"
    bad = replace(conv([0.1, -2.0]), flags=("exact-integers",))
    with pytest.raises(GoldenError, match="case conv: y is not exact in float64"):
        made(CONV, "zeros", bad, *names)


def test_a_case_is_small() -> None:
    with pytest.raises(GoldenError, match="151 numbers come out"):
        made(CONV, "zeros", conv([1.0, 2.0], x=np.ones(151)))


def test_fast_convolutions_are_left_out_where_something_is_not_finite() -> None:
    def names(case: Case) -> set[str]:
        return {profile.name for profile in profiles_of(case, profiles.profiles_of(CONV))}

    plain, special = conv([1.0, 2.0]), conv([1.0, 2.0], outcomes={"y": "nan . ."})
    assert names(plain) - names(special) == {"float32+winograd", "float32+ftz+winograd"}


def test_a_wrong_table_of_outcomes_is_refused() -> None:
    case = norm([[1.0, np.nan, 2.0], [1.0, 2.0, 4.0]], outcomes={"y": "nan nan nan . . nan"})
    forms = catalogue.forms(LAYER_NORM)["elementwise"]
    with pytest.raises(GoldenError, match=r"y\[5\] is \. in form elementwise, .* says nan"):
        expectations(forms, case, profiles_of(case, ("float64",)))


def test_half_types_are_for_single_batches() -> None:
    once = norm()
    twice = replace(once, problem=replace(once.problem, steps=once.problem.steps * 2))
    assert profiles_of(once, ["bfloat16"])
    assert not profiles_of(twice, ["bfloat16"])
