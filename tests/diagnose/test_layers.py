"""What diagnosis makes of layers: dialects, siblings, attributes, arithmetics, shapes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from goldenrule.conformance.diagnose import diagnose
from goldenrule.conformance.diagnose.candidate import candidates
from goldenrule.conformance.diagnose.question import problem_of
from goldenrule.conformance.harness.explanation import Evidence, Explanation
from goldenrule.conformance.mistakes.alter import given
from goldenrule.reference import catalogue
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, applies, elements, run

from .pretend import Outputs, evidence, observe, vectors

NORM, CONV = "normalizations/layer_norm", "convolutions/conv"


def canonical(rule: str, dialect: str, kind: str = "layer") -> catalogue.Function:
    return catalogue.forms(rule, kind)[dialect][0]


def best(found: Sequence[Explanation]) -> tuple[str, int]:
    return (found[0].name, found[0].cases_contradicted) if found else ("", 0)


@pytest.mark.parametrize("kind", ["layer", "gradient"])
def test_a_dialect_is_named(kind: str) -> None:
    function = canonical(CONV, "circular", kind)
    assert best(diagnose(evidence(CONV, "reflect", function, kind=kind))) == ("conv/circular", 0)


def test_a_rule_of_the_same_family_is_named() -> None:
    function = canonical("normalizations/rms_norm", "paper")
    found = diagnose(evidence(NORM, "elementwise", function, kind="layer"))
    assert "rms_norm/paper" in [explanation.name for explanation in found]


def test_rules_of_other_families_are_not_tried() -> None:
    names = {candidate.name for candidate in candidates(NORM, "elementwise", "layer")}
    assert {"layer_norm/feature", "rms_norm/paper", "+onepass", "float32"} <= names
    assert not [name for name in names if name.startswith(("adam", "conv"))]


def test_an_ignored_attribute_and_other_shapes_are_accounted_for() -> None:
    function = canonical(CONV, "valid")
    pretended = evidence(CONV, "zeros", function, kind="layer")
    shapes = {o.outputs[0]["y"].shape == o.case.steps[0].expected["y"].shape
              for o in pretended.observations}  # fmt: skip
    assert shapes == {True, False}
    assert best(diagnose(pretended)) == ("conv/valid", 0)


def test_a_wrong_shape_alone_is_not_explained() -> None:
    def cut(outputs: Outputs) -> Outputs:
        return [{"y": step["y"][:, :1]} for step in outputs]

    function = canonical(NORM, "elementwise")
    assert not diagnose(evidence(NORM, "elementwise", function, kind="layer", returned=cut))


def in_float32(function: catalogue.Function, problem: Problem) -> Outputs:
    ctx = FloatContext(Profile.parse("float32"))
    with np.errstate(all="ignore"):
        steps = list(run(function, ctx, problem, elements(ctx)))
    return [{name: x.astype(np.float32) for name, x in step.items()} for step in steps]


def test_a_variance_in_one_pass_is_named() -> None:
    file = vectors(NORM, "elementwise")
    (function,) = (f for f in catalogue.forms(NORM)["elementwise"] if hasattr(f, "profile"))
    observations = [
        observe(case, "float32", in_float32(function, problem))
        for case in file.cases
        if case.kind == "layer" and "float32" in case.profiles
        if applies(function, problem := problem_of(case))
    ]
    assert not all(observation.passed for observation in observations)
    assert best(diagnose(Evidence("mine", file, observations))) == ("+onepass", 0)


def short(values: np.ndarray) -> np.ndarray:
    """Round to 10 bits after the leading one."""
    man, exp = np.frexp(values.astype(np.float64))
    return np.ldexp(np.rint(man * 2.0**11), exp - 11)


def test_tensor_cores_are_named() -> None:
    rounded = given(x=lambda s: short(s.x), w=lambda s: short(s.w))(canonical(CONV, "zeros"))
    assert rounded
    found = diagnose(evidence(CONV, "zeros", rounded, kind="layer", profiles=["float32"]))
    assert best(found) == ("+tf32", 0)
