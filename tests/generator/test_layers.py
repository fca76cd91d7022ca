"""Golden vectors of layers: what is made of a case, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from mpmath import mpf

from goldenrule.conformance.cases import profiles
from goldenrule.conformance.cases.case import Case, gradient, layer
from goldenrule.conformance.cases.catalogue import forms_for
from goldenrule.conformance.generator import golden
from goldenrule.conformance.generator.document import case_document
from goldenrule.conformance.generator.golden import GoldenError, expectations, profiles_of
from goldenrule.reference import catalogue
from goldenrule.reference.profile import Profile

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


RMS_NORM = "normalizations/rms_norm"


def rms(*x: float, **changes: Any) -> Case:
    given, attributes = {"x": [x]}, {"axis": 1}
    arguments = {"given": given, "hyper": EPS, "attributes": attributes, "flags": []}
    return layer("rms", "", **(arguments | changes))


def test_zeros_may_be_asked_for_their_sign() -> None:
    case = rms(-0.0, 0.0, 2.0, outcomes={"y": "-0 +0 ."})
    y = made(RMS_NORM, "paper", case)["steps"][0]["expected"]["y"]
    assert y["exact"].split()[:2] == ["0x0p+0", "0x0p+0"]
    assert y["accept"]["float64"]["lo"].split()[:2] == ["-0", "+0"]
    assert y["accept"]["float64"]["hi"].split()[:2] == ["-0", "+0"]
    assert y["accept"]["float64"]["bound"].split()[:2] == ["0", "0"]


def test_a_zero_of_the_other_sign_is_refused() -> None:
    with pytest.raises(GoldenError, match=r"y\[0\] is -0 in form paper, .* says \+0"):
        made(RMS_NORM, "paper", rms(-0.0, 2.0, outcomes={"y": "+0 ."}))


def test_beyond_the_range_no_interval_grows_but_elements_are_not_judged() -> None:
    names = ("float64", "float32")
    case = rms(2.0**64, -(2.0**65), flags=["range"])
    accept = made(RMS_NORM, "paper", case, *names)["steps"][0]["expected"]["y"]["accept"]
    assert accept["float32"]["lo"] == accept["float32"]["hi"] == "unjudged unjudged"
    assert "unjudged" not in accept["float64"]["lo"]
    with pytest.raises(GoldenError, match="2 elements of y cannot be judged in float32"):
        made(RMS_NORM, "paper", replace(case, flags=()), *names)


@pytest.mark.parametrize(
    ("bound", "beyond", "judged"),
    [(0.5, True, True), (1.0, True, False), (1.0, False, True), (0.0, True, True)],
)
def test_a_bound_as_large_as_its_number_judges_nothing_beyond_the_range(
    bound: float, beyond: bool, judged: bool
) -> None:
    promised = golden.promised((-1, 0), mpf(bound), beyond, Profile.parse("float64"))
    assert promised == (bound if judged else mpf("inf"))


@pytest.mark.parametrize(("sign", "infinity"), [(1, "7f800000"), (-1, "ff800000")])
def test_what_must_overflow_is_an_infinity_of_its_sign(sign: int, infinity: str) -> None:
    case = conv([1.5, 3.0], x=[sign * 2.0**127, 0.0, 0.0])
    accept = made(CONV, "zeros", case, "float32")["steps"][0]["expected"]["y"]["accept"]["float32"]
    assert accept["lo"].split()[0] == accept["hi"].split()[0] == infinity
