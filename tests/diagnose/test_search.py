"""What diagnosis makes of dialects, arithmetics, combinations, and of what nothing explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from goldenrule.conformance.diagnose import diagnose
from goldenrule.conformance.diagnose.wording import clause
from goldenrule.conformance.harness.explanation import Evidence, Explanation, Kind, Observation
from goldenrule.reference import catalogue

from .pretend import Outputs, evidence, mistaken, observe, vectors

ADAM, MOMENTUM = "optimizers/adam", "optimizers/momentum"


def canonical(rule: str, dialect: str) -> catalogue.Function:
    return catalogue.forms(rule)[dialect][0]


def names(explanations: Sequence[Explanation]) -> list[str]:
    return [explanation.name for explanation in explanations]


def test_a_dialect_is_named_by_what_the_spec_says_of_it() -> None:
    best, *_ = diagnose(evidence(ADAM, "paper", canonical(ADAM, "keras")))
    assert best.name == "adam/keras"
    assert best.sentence == (
        "the corrections join the learning rate, so eps meets the uncorrected root"
    )
    assert best.cases_contradicted == 0


def test_another_rule_is_named_as_such() -> None:
    function = canonical("optimizers/nesterov", "shifted")
    best, *others = diagnose(evidence(MOMENTUM, "outside", function))
    assert (best.name, best.kind) == ("nesterov-always", Kind.MISTAKE)
    (rule,) = (found for found in others if found.name == "nesterov/shifted")
    assert rule.kind == Kind.RULE
    assert rule.sentence.startswith("this is Nesterov")
    assert rule.cases_explained == best.cases_explained


def test_a_mistake_in_another_dialect_is_found_when_nothing_simpler_is() -> None:
    function = mistake_in("inside", "swapped-betas")
    best, *_ = diagnose(evidence(ADAM, "paper", function))
    assert best.name == "adam/inside with swapped-betas"
    assert best.sentence.endswith("; and beta1 and beta2 are swapped")


def mistake_in(dialect: str, name: str) -> catalogue.Function:
    from goldenrule.conformance.mistakes import mistakes_of

    made = next(m for m in mistakes_of(ADAM) if m.name == name)
    function = made.transform(canonical(ADAM, dialect))
    assert function
    return function


def test_two_mistakes_in_different_cases_are_both_named() -> None:
    wrong = mistaken(ADAM, "paper", "weight-decay-ignored").observations
    worse = mistaken(ADAM, "paper", "maximum-forgotten").observations
    observations = [
        forgot if "amsgrad" in forgot.case.options else ignored
        for ignored, forgot in zip(wrong, worse, strict=True)
        if forgot.case.options in ((), ("amsgrad",), ("weight_decay",))
    ]
    found = diagnose(Evidence("mine", vectors(ADAM, "paper"), observations))
    assert {"weight-decay-ignored", "maximum-forgotten"} <= set(names(found))


def test_nothing_explains_nonsense() -> None:
    def nonsense(outputs: Outputs) -> Outputs:
        return [{name: np.cos(x) for name, x in step.items()} for step in outputs]

    function = canonical(MOMENTUM, "outside")
    with np.errstate(invalid="ignore"):
        assert not diagnose(evidence(MOMENTUM, "outside", function, returned=nonsense))


def test_answers_that_are_partial_or_misshapen_still_count() -> None:
    whole = mistaken(ADAM, "paper", "swapped-betas")

    def cut(observation: Observation) -> Observation:
        steps = [{"theta": x["theta"], "m": x["m"][:1]} for x in observation.outputs[:3]]
        if observation.case.kind == "step":
            steps = [{"theta": x["theta"]} for x in observation.outputs]
        return observe(observation.case, observation.profile, steps)

    observations = [cut(observation) for observation in whole.observations]
    best, *_ = diagnose(replace(whole, observations=observations))
    assert (best.name, best.cases_contradicted) == ("swapped-betas", 0)


def test_a_wrong_type_or_shape_alone_is_not_explained() -> None:
    def misshapen(outputs: Outputs) -> Outputs:
        return [step | {"a": step["a"][:1]} for step in outputs]

    function = canonical(MOMENTUM, "outside")
    assert not diagnose(evidence(MOMENTUM, "outside", function, returned=misshapen))


def test_rules_and_dialects_of_others_are_not_explained() -> None:
    wrong = mistaken("optimizers/sgd", "l2", "update-sign")
    assert not diagnose(replace(wrong, file=replace(wrong.file, rule="optimizers/toy")))
    assert not diagnose(replace(wrong, file=replace(wrong.file, dialect="toy")))


def test_sentences_of_the_spec_follow_a_colon() -> None:
    assert clause("eps is added to the root.") == "eps is added to the root"
    assert clause("Eps is added to the root.") == "eps is added to the root"
    assert clause("AMSGrad always.") == "AMSGrad always"
