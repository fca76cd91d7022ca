"""What diagnosis makes of arithmetics other than the declared one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from goldenrule.conformance.diagnose import diagnose
from goldenrule.conformance.diagnose.question import problem_of
from goldenrule.conformance.harness.explanation import Evidence, Explanation
from goldenrule.reference import catalogue
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.run import Problem, applies, call

from .pretend import Outputs, evidence, observe, vectors

ADAM, MOMENTUM = "optimizers/adam", "optimizers/momentum"


def canonical(rule: str, dialect: str) -> catalogue.Function:
    return catalogue.forms(rule)[dialect][0]


def names(explanations: Sequence[Explanation]) -> list[str]:
    return [explanation.name for explanation in explanations]


def flushed(outputs: Outputs) -> Outputs:
    tiny = np.finfo(np.float32).tiny
    return [{name: np.where(abs(x) < tiny, 0.0, x) for name, x in step.items()} for step in outputs]


def test_flushing_is_named() -> None:
    function = canonical(MOMENTUM, "outside")
    found = diagnose(
        evidence(MOMENTUM, "outside", function, profiles=["float32"], returned=flushed)
    )
    assert names(found)[0] == "+ftz"


def test_float32_inside_float64_is_named() -> None:
    def narrowed(outputs: Outputs) -> Outputs:
        return [{name: x.astype(np.float32) for name, x in step.items()} for step in outputs]

    function = canonical(MOMENTUM, "outside")
    best, *_ = diagnose(evidence(MOMENTUM, "outside", function, returned=narrowed))
    assert (best.name, best.sentence) == ("float32", "it is computed in float32")


def test_accuracy_of_float32_is_not_taken_for_float32() -> None:
    def blurred(outputs: Outputs) -> Outputs:
        return [{name: x * (1 + 2.0**-30) for name, x in step.items()} for step in outputs]

    function = canonical(MOMENTUM, "outside")
    assert not diagnose(evidence(MOMENTUM, "outside", function, returned=blurred))


class Bfloat16(IeeeContext):
    """Compute in float32 and round what is stored to bfloat16."""

    def tensor(self, value: Any) -> Any:
        return np.asarray(value, np.float32)

    def scalar(self, value: Any) -> Any:
        return float(value)

    def sqrt(self, x: Any) -> Any:
        return np.sqrt(x)

    def store(self, x: Any) -> Any:
        bits = np.asarray(x, np.float32).view(np.uint32)
        rounded = (bits + 0x7FFF + (bits >> 16 & 1)) & np.uint32(0xFFFF0000)
        return rounded.astype(np.uint32).view(np.float32)


def in_bfloat16(problem: Problem) -> Outputs:
    ctx = Bfloat16()
    state = {name: ctx.tensor(x) for name, x in problem.given.items()}
    outputs = call(catalogue.forms(ADAM)["paper"][1], ctx, problem, 0, state, ctx.tensor)
    return [{name: ctx.store(x) for name, x in outputs.items()}]


@pytest.mark.parametrize(
    ("declared", "explanation"), [("bfloat16", []), ("bfloat16+fused", ["unfused"])]
)
def test_half_types_rounded_at_every_tensor_are_named(
    declared: str, explanation: list[str]
) -> None:
    file = vectors(ADAM, "paper")
    observations = [
        observe(case, declared, in_bfloat16(problem_of(case)))
        for case in file.cases
        if declared in case.profiles and "special-values" not in case.flags
    ]
    assert all(o.passed for o in observations) == (not explanation)
    assert names(diagnose(Evidence("mine", file, observations)))[:1] == explanation


def test_scalars_of_the_step_count_in_float32_are_named() -> None:
    def adam(problem: Problem) -> Outputs:
        hyper, single = problem.steps[0].hyper, np.float32
        theta, m, v = (problem.given[name].astype(single) for name in ("theta", "m", "v"))
        g, t = problem.steps[0].given["g"].astype(single), problem.t
        beta1, beta2 = hyper["beta1"], hyper["beta2"]
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g * g)
        c1, c2 = 1 - single(beta1) ** single(t), 1 - single(beta2) ** single(t)
        theta = theta - hyper["alpha"] * (m / c1) / (np.sqrt(v / c2) + hyper["eps"])
        return [{"theta": theta, "m": m, "v": v}]

    file = vectors(ADAM, "paper")
    function = canonical(ADAM, "paper")
    observations = [
        observe(case, "float32", adam(problem))
        for case in file.cases
        if case.kind == "step" and not case.options and "float32" in case.profiles
        if "special-values" not in case.flags and applies(function, problem := problem_of(case))
    ]
    assert names(diagnose(Evidence("mine", file, observations)))[0] == "+step32"
