"""Every known mistake runs in the arithmetics of its rule, shows in the vectors, and is named."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import numpy as np
import pytest

from goldenrule.conformance.diagnose import diagnose
from goldenrule.conformance.diagnose.evaluate import bounds_of, values_of
from goldenrule.conformance.diagnose.question import problem_of
from goldenrule.conformance.mistakes import convolutions, mistakes_of, normalizations, optimizers
from goldenrule.reference import catalogue
from goldenrule.reference.run import applies

from .pretend import mistaken, vectors

# Where mistakes are planted: each of them in the first place that has its symbols.
PLACES = (
    ("optimizers/sgd", "l2"),
    ("optimizers/ewma", "corrected"),
    ("optimizers/momentum", "inside"),
    ("optimizers/nesterov", "lookahead"),
    ("optimizers/nesterov", "shifted"),
    ("optimizers/momentum", "outside"),
    ("optimizers/adagrad", "outside"),
    ("optimizers/adadelta", "paper"),
    ("optimizers/rmsprop", "outside"),
    ("optimizers/adamw", "before"),
    ("optimizers/adam", "corrected_max"),
    ("optimizers/adam", "paper"),
)

KINDS = {"optimizers": ("step",), "normalizations": ("layer", "gradient")}
KINDS["convolutions"] = KINDS["normalizations"]

# Every dialect of every rule, as a layer and as a gradient.
DIALECTS = [
    (rule, dialect, kind)
    for rule in catalogue.names()
    for kind in KINDS[rule.partition("/")[0]]
    for dialect in catalogue.forms(rule, kind)
]

# Mistakes that make no difference in a place, and are planted in a later one.
HARMLESS = {
    ("sgd/l2", "decoupled-decay"): "both decays are the same function (claim 22)",
    ("sgd/l2", "start-ignored"): "there is no state",
    ("ewma/corrected", "rate-stuck"): "there is no rate",
    ("ewma/corrected", "rate-late"): "there is no rate",
    ("adamw/before", "stale-v-max"): "the update uses the new maximum under another name",
}

# Mistakes that are another one in a place, and are planted in a later one, too.
SAME = {
    ("sgd/l2", "rate-sign"): ("update-sign", "alpha multiplies nothing but the update"),
    ("sgd/l2", "plain-descent"): ("weight-decay-ignored", "nothing else can be left out"),
    ("nesterov/shifted", "stale-a"): ("plain-momentum", "g + beta a is the new velocity"),
    ("batch_norm/inference", "batch-in-inference"): (
        "batch_norm/cumulative",
        "its y is that of a batch, too",
    ),
}


def planted() -> list[tuple[str, str, str, str]]:
    """Plant every mistake once in each kind: rule, dialect, kind, mistake."""
    seen: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    layers = (place for place in DIALECTS if place[2] != "step")
    for rule, dialect, kind in (*((*place, "step") for place in PLACES), *layers):
        canonical = catalogue.forms(rule, kind)[dialect][0]
        for mistake in mistakes_of(rule):
            place = (title(rule, dialect, kind), mistake.name)
            if place not in HARMLESS and place not in SAME and mistake.transform(canonical):
                seen.setdefault((kind, mistake.name), (rule, dialect, kind, mistake.name))
    return list(seen.values())


def title(rule: str, dialect: str, kind: str) -> str:
    """How a place is called here: `layer_norm/feature gradient`."""
    return f"{rule.partition('/')[2]}/{dialect}{' gradient' if kind == 'gradient' else ''}"


def place_of(called: str) -> tuple[str, str, str]:
    """The rule, dialect and kind that are called so."""
    return next(place for place in DIALECTS if title(*place) == called)


PLANTED = planted()

# Where NaN or a kink decides, a candidate often cannot be judged: no evidence for it or against.
NO_EVIDENCE = {"special-values", "zero-gradient"}


@pytest.mark.parametrize(
    ("rule", "dialect", "kind", "name"), PLANTED, ids=lambda x: x.split("/")[-1]
)
def test_a_planted_mistake_is_named(rule: str, dialect: str, kind: str, name: str) -> None:
    evidence = mistaken(rule, dialect, name, kind=kind)
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


@pytest.mark.parametrize(("rule", "dialect", "kind"), DIALECTS, ids=str)
def test_mistakes_run_in_mp_and_on_the_tape(rule: str, dialect: str, kind: str) -> None:
    cases = [case for case in vectors(rule, dialect).cases if case.kind != "trajectory"]
    problems = [problem for problem in map(problem_of, cases) if problem.kind == kind]
    for mistake in mistakes_of(rule):
        for form in filter(None, map(mistake.transform, catalogue.forms(rule, kind)[dialect])):
            problem = mistake.restate(next(p for p in problems if applies(form, p)).finite())
            values = values_of(form, problem)
            profile = "+".join(("float64", *([form.profile] if hasattr(form, "profile") else ())))
            (bounds,) = bounds_of([form], problem, values, [profile]).values()
            for step, reach in zip(values, bounds, strict=True):
                assert step.keys() == reach.keys()
                assert all(np.shape(x) == reach[name].shape for name, x in step.items())


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
        mistakes = [m for m in mistakes_of(rule) if m.transform(functions[0])]
        names = [mistake.name for mistake in mistakes]
        assert len(set(names)) == len(names)
        for mistake in mistakes:
            assert mistake.name == mistake.name.lower().replace("_", "-")
            assert not mistake.sentence.endswith(".")
