"""Every known mistake runs in the arithmetics of its rule, shows in the vectors, and is named."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

from goldenrule.conformance.diagnose import diagnose
from goldenrule.conformance.diagnose.evaluate import Misfit, Values, bounds_of, values_of
from goldenrule.conformance.diagnose.question import problem_of
from goldenrule.conformance.harness.explanation import Evidence, Observation
from goldenrule.conformance.mistakes import (
    Mistake,
    convolutions,
    mistakes_of,
    normalizations,
    optimizers,
)
from goldenrule.reference import catalogue
from goldenrule.reference.run import Problem, applies

from .places import DIALECTS, HARMLESS, PLANTED, SAME, place_of
from .pretend import mistaken, vectors

# Where NaN or a kink decides, a candidate often cannot be judged: no evidence for it or against.
NO_EVIDENCE = {"special-values", "zero-gradient"}


# So many failing and so many passing cases are enough to name a mistake.
FEW = 12
NEEDS_ALL = {"bias-for-each-input"}  # a bias added twice differs only where there is one input


def few_of(evidence: Evidence) -> Evidence:
    """Keep the smallest cases; all of them count where backends are judged."""

    def numbers(observation: Observation) -> int:
        return sum(x.size for step in observation.outputs for x in step.values())

    kept: list[Observation] = []
    for passed in (True, False):
        found = [x for x in evidence.observations if x.passed == passed]
        kept += sorted(found, key=numbers)[:FEW]
    return replace(evidence, observations=kept)


@pytest.mark.parametrize(
    ("rule", "dialect", "kind", "name"), PLANTED, ids=lambda x: x.split("/")[-1]
)
def test_a_planted_mistake_is_named(rule: str, dialect: str, kind: str, name: str) -> None:
    evidence = mistaken(rule, dialect, name, kind=kind)
    evidence = evidence if name in NEEDS_ALL else few_of(evidence)
    failing = sum(
        not observation.passed and NO_EVIDENCE.isdisjoint(observation.case.flags)
        for observation in evidence.observations
    )
    best, *_ = diagnose(evidence)
    assert best.name == name
    assert best.cases_contradicted == 0
    assert best.cases_explained >= failing


@pytest.mark.parametrize("place", SAME, ids="-".join)
def test_a_mistake_that_is_another_one_is_listed_after_it(place: tuple[str, str]) -> None:
    rule, dialect, kind = place_of(place[0])
    name = place[1]
    best, *others = diagnose(mistaken(rule, dialect, name, kind=kind))
    assert best.name == SAME[place][0]
    assert name in [x.name for x in others if x.cases_explained == best.cases_explained]


@pytest.mark.parametrize("place", HARMLESS, ids="-".join)
def test_a_mistake_that_makes_no_difference_passes(place: tuple[str, str]) -> None:
    rule, dialect, kind = place_of(place[0])
    evidence = mistaken(rule, dialect, place[1], kind=kind)
    assert all(observation.passed for observation in evidence.observations)


def test_every_mistake_is_planted_somewhere() -> None:
    names = {mistake.name for rule in catalogue.names() for mistake in mistakes_of(rule)}
    assert names == {name for *_, name in PLANTED} | {name for _, name in SAME}


def distinct() -> list[tuple[str, str, str]]:
    """Dialects whose functions are not those of another, as gradients of one rule may be."""
    seen: dict[object, tuple[str, str, str]] = {}
    for rule, dialect, kind in DIALECTS:
        seen.setdefault((rule, catalogue.forms(rule, kind)[dialect]), (rule, dialect, kind))
    return list(seen.values())


@pytest.mark.parametrize(("rule", "dialect", "kind"), distinct(), ids=str)
def test_mistakes_run_in_mp_and_on_the_tape(rule: str, dialect: str, kind: str) -> None:
    cases = [case for case in vectors(rule, dialect).cases if case.kind != "trajectory"]
    problems = [problem for problem in map(problem_of, cases) if problem.kind == kind]
    problems.sort(key=size)
    for mistake in mistakes_of(rule):
        for form in filter(None, map(mistake.made_in, catalogue.forms(rule, kind)[dialect])):
            problem, values = first_answered(form, mistake, problems)
            profile = "+".join(("float64", *([form.profile] if hasattr(form, "profile") else ())))
            (bounds,) = bounds_of([form], problem, values, [profile]).values()
            for step, reach in zip(values, bounds, strict=True):
                assert step.keys() == reach.keys()
                assert all(np.shape(x) == reach[name].shape for name, x in step.items())


def first_answered(
    form: catalogue.Function, mistake: Mistake, problems: list[Problem]
) -> tuple[Problem, list[Values]]:
    """The first problem whose tensors fit a mistaken form, and the answer."""
    for problem in problems:
        if applies(form, problem):
            restated = mistake.restate(problem.finite())
            with suppress(Misfit):
                return restated, values_of(form, restated)
    raise AssertionError(f"{mistake.name} answers nothing")


def size(problem: Problem) -> int:
    """How many numbers a problem gives; more than any other, if it gives none or only one."""
    sizes = [x.size for x in problem.tensors]
    return sum(sizes) + 10**6 * (min(sizes) < 2)


def test_modules_of_mistakes_are_named_after_rules() -> None:
    packages = (convolutions, normalizations, optimizers)
    modules = {
        f"{package.__name__.rpartition('.')[2]}/{module.name}"
        for package in packages
        for module in iter_modules(package.__path__)
        if hasattr(import_module(f"{package.__name__}.{module.name}"), "MISTAKES")
    }
    assert modules <= set(catalogue.names())


@pytest.mark.parametrize(("rule", "kind"), sorted({(rule, kind) for rule, _, kind in DIALECTS}))
def test_names_are_unique_and_sentences_are_clauses(rule: str, kind: str) -> None:
    for functions in catalogue.forms(rule, kind).values():
        mistakes = [m for m in mistakes_of(rule) if m.made_in(functions[0])]
        names = [mistake.name for mistake in mistakes]
        assert len(set(names)) == len(names)
        for mistake in mistakes:
            assert mistake.name == mistake.name.lower().replace("_", "-")
            assert not mistake.sentence.endswith(".")
