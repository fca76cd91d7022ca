"""A case as the reference is asked it, and what a backend answered in each profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.run import Problem, Quadratic, Step

from ..files.kinds import UPDATE
from ..files.tensors import Tensor
from ..files.vector_file import Case
from ..harness.explanation import Observation
from ..harness.judge import Failure, judge

_FLOAT64 = np.dtype(np.float64)


@dataclass(frozen=True)
class Answer:
    """What a backend returned in a profile, and the first thing wrong with it."""

    observation: Observation
    failure: Failure | None


@dataclass(frozen=True, eq=False)
class Question:
    """A case, and the answers to it by profile."""

    case: Case
    problem: Problem
    answers: Mapping[str, Answer]

    @property
    def failing(self) -> dict[str, Answer]:
        """The answers that were judged wrong."""
        return {name: x for name, x in self.answers.items() if not x.observation.passed}


def questions(observations: Iterable[Observation]) -> list[Question]:
    """Gather the observations of every case."""
    cases: dict[str, Case] = {}
    answers: dict[str, dict[str, Answer]] = {}
    for observation in observations:
        case = cases.setdefault(observation.case.id, observation.case)
        failure = None
        if not observation.passed:
            failure = judge(case, observation.profile, observation.outputs).failure
        if failure and failure.message.startswith("dtype"):
            continue  # a wrong type says nothing of what was computed
        answers.setdefault(case.id, {})[observation.profile] = Answer(observation, failure)
    return [Question(case, problem_of(case), answers[id]) for id, case in cases.items()]


def problem_of(case: Case) -> Problem:
    """Pose the case of a vector file to the reference."""
    steps = [Step(_arrays(step.given), step.hyper, step.attributes) for step in case.steps]
    quadratic = None
    if case.has_objective:
        A, b = (Tensor.read(case.inputs["objective"][name]) for name in ("A", "b"))
        quadratic = Quadratic(A.array(_FLOAT64), b.array(_FLOAT64))
    kind = "step" if case.computes == UPDATE else case.kind
    return Problem(_arrays(case.given), steps, case.t, quadratic, kind)


def as_taken(function: Function, problem: Problem) -> Problem:
    """Leave out the attributes that a layer does not know, and so ignores."""
    if problem.elementwise:
        return problem
    known = parameters(function)
    steps = [
        replace(step, attributes={n: x for n, x in step.attributes.items() if n in known})
        for step in problem.steps
    ]
    return replace(problem, steps=steps)


def is_finite(problem: Problem) -> np.ndarray:
    """Tell which elements are given finite numbers only: all or none, unless each is by itself."""
    finite = [np.isfinite(x) for x in problem.tensors]
    if problem.elementwise:
        return np.logical_and.reduce(finite)
    return np.array(all(x.all() for x in finite))


def _arrays(tensors: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    return {name: tensor.array(_FLOAT64) for name, tensor in tensors.items()}
