"""Plain inputs, as most tests have them: N(0, 1), the usual hyper-parameters, neutral attributes.

For every choice of options one question: ten steps from fresh state to an optimizer (a single one
in half types), one call to a layer or to its gradient. What must come out is generated as golden
vectors are. All hyper-parameters are those that the cases made by people call decimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Any

import numpy as np

from goldenrule.reference import catalogue
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Step

from ..cases import case as made
from ..cases.catalogue import cases_of, forms_for
from ..files.vector_file import Case
from ..generator.document import case_document

STEPS = 10
EPS = 1e-5
"""Of a layer; that of an optimizer is the one its cases call decimal."""

_PLAIN_IMAGES: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "convolutions/conv": {"x": (1, 2, 5, 5), "w": (3, 2, 3, 3), "b": (3,)},
    "convolutions/conv_transpose": {"x": (1, 2, 3, 3), "w": (2, 3, 3, 3), "b": (3,)},
    "convolutions/cross_correlation": {"x": (7,), "w": (3,)},
    "convolutions/convolution": {"x": (7,), "w": (3,)},
}
_NEUTRAL = {
    "stride": (1, 1),
    "dilation": (1, 1),
    "padding": ((0, 0), (0, 0)),
    "output_padding": (0, 0),
    "groups": 1,
}
_BORDERS = ("reflect", "replicate", "circular")
"""Dialects that say nothing without a border."""


def plain_cases(rule: str, dialect: str, profiles: Sequence[str]) -> Iterator[Case]:
    """Yield the plain cases of a dialect, with golden outputs."""
    for case, in_half in _plain(rule, dialect):
        names = [name for name in profiles if Profile.parse(name).is_half == in_half]
        if names:
            yield Case.read(case_document(case, forms_for(rule, dialect, case), names))


def _plain(rule: str, dialect: str) -> Iterator[tuple[made.Case, bool]]:
    """Yield the cases without golden outputs, those for half types apart."""
    for model, hyper in _models(rule, dialect):
        for in_half in (False, True):
            random = Random(f"{rule}/{dialect}/{model.kind}/{model.options}/{in_half}")
            draw = _Normal(random, 8 if in_half else 24)
            if model.kind in ("layer", "gradient"):
                problem = _layer(rule, dialect, model.problem, hyper, draw)
            else:
                problem = _update(model.problem, hyper, draw, 1 if in_half else STEPS)
            if model.kind != "objective" or not in_half:
                name = f"plain-{model.id}{'-half' if in_half else ''}"
                yield replace(model, id=name, problem=problem, outcomes={}, flags=()), in_half


def _models(rule: str, dialect: str) -> Iterator[tuple[made.Case, Mapping[str, float]]]:
    """Choose the plainest case for every kind and choice of options, and decimal scalars."""

    def key(case: made.Case) -> tuple[bool, tuple[str, ...]]:
        return case.kind == "gradient", case.options

    for _, group in groupby(sorted(cases_of(rule, dialect), key=key), key):
        cases = list(group)
        decimal = max(cases, key=_is_decimal).problem.steps[0].hyper
        yield max(cases, key=lambda case: (_is_run(case), _is_plain(case))), decimal


def _is_run(case: made.Case) -> bool:
    return case.kind in ("trajectory", "objective")


def _is_decimal(case: made.Case) -> bool:
    return "decimal" in case.id


def _is_plain(case: made.Case) -> bool:
    return case.id.removeprefix("gradient-") in ("plain", "affine")


class _Normal:
    """Draws of N(0, 1) with a number of significant bits."""

    def __init__(self, random: Random, bits: int) -> None:
        self.random, self.bits = random, bits

    def __call__(self, shape: tuple[int, ...]) -> np.ndarray:
        values = np.array([self.random.gauss(0, 1) for _ in range(int(np.prod(shape)))])
        man, exp = np.frexp(values)
        return np.ldexp(np.rint(np.ldexp(man, self.bits)), exp - self.bits).reshape(shape)


def _update(problem: Problem, hyper: Mapping[str, float], draw: _Normal, count: int) -> Problem:
    """Run from the fresh state of a run, with the same hyper-parameters all along."""
    fresh = {n: draw(x.shape) if n == "theta" else x for n, x in problem.given.items()}
    first = problem.steps[0]
    steps = [
        Step({name: draw(x.shape) for name, x in first.given.items()}, hyper) for _ in range(count)
    ]
    return replace(problem, given=fresh, steps=steps, t=1)


def _layer(
    rule: str, dialect: str, problem: Problem, hyper: Mapping[str, float], draw: _Normal
) -> Problem:
    """Ask a layer once; a kept mean and variance are 0 and 1."""
    (step, *_), shapes = problem.steps, _PLAIN_IMAGES.get(rule)
    attributes: dict[str, Any] = dict(step.attributes)
    given = {name: draw(x.shape) for name, x in step.given.items()}
    if shapes is not None:
        attributes = {name: _NEUTRAL[name] for name in attributes}
        if dialect in _BORDERS:
            attributes["padding"] = ((1, 1), (1, 1))
        given = {name: draw(shapes[name]) for name in step.given if name != "dy"}
        if "dy" in step.given:
            given |= {"dy": draw(_shape_of_y(rule, dialect, given, attributes))}
    if "running_var" in given:
        given["running_var"] = abs(given["running_var"])
    state = {"running_mean": 0.0, "running_var": 1.0}
    fresh = {name: np.full(x.shape, state[name]) for name, x in problem.given.items()}
    hyper = {name: EPS if name == "eps" else value for name, value in hyper.items()}
    return replace(problem, given=fresh, steps=[Step(given, hyper, attributes)], t=1)


def _shape_of_y(
    rule: str, dialect: str, given: Mapping[str, np.ndarray], attributes: Mapping[str, Any]
) -> tuple[int, ...]:
    forward = catalogue.forms(rule, "layer")[dialect][0]
    tensors = {name: given[name].astype(object) for name in ("x", "w")}
    return forward(FloatContext(Profile.parse("float64")), **tensors, **attributes)["y"].shape
