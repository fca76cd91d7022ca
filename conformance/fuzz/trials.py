"""Trials: cases drawn at random, as the reference and as a backend's process take them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, Step

from ..harness.results import Problem as Failed
from . import hyper
from .ask import Answer, Refused, ask
from .encode import encoded
from .families import FAMILIES, families_of
from .order import rounds
from .quadratic import block_diagonal, describe, quadratic
from .scene import Scene
from .subjects import Subject
from .verdict import Verdict, number

LARGEST = 1024
SMALLEST = 64
# Two of so many trials have the size of a vector's tail, and of a scalar.
_TRIALS_TO_ODD_ONES = 16
_ODD_SIZES = (12, 1)
# Trials in mpmath or of many steps take as long as others of so many times their elements.
_SHARE = 16

Turn = Callable[[], list[tuple["Trial", Answer]]]
"""Asks a backend, and gives trials with what it answered."""


@dataclass(frozen=True)
class Trial:
    """A problem for a subject, from a family of inputs."""

    subject: Subject
    family: str
    problem: Problem

    @property
    def elements(self) -> int:
        """The number of elements, times the number of steps."""
        return next(iter(self.problem.given.values())).size * len(self.problem.steps)

    @property
    def name(self) -> str:
        """The subject and the family."""
        return f"{self.subject.name}, {self.family}"

    @property
    def outputs(self) -> dict[str, tuple[int, ...]]:
        """The shape of what comes out, the main output first."""
        size = next(iter(self.problem.given.values())).size
        return dict.fromkeys(self.subject.outputs, (size,))

    def describe(self, verdict: Verdict, element: int) -> Iterator[str]:
        """Say which output of which step is meant, and what was given for it."""
        problem, i = self.problem, element
        yield f"{self.name}: {verdict.output} after step {verdict.step + 1}"
        given = {name: x.T.ravel()[i] for name, x in problem.given.items()}
        yield f"t={problem.t}  {_numbers(given)}"
        if problem.objective is not None:
            yield from describe(problem, i)
        for step in problem.steps[: verdict.step + 1]:
            inputs = {name: x[i] for name, x in step.given.items()}
            yield _numbers({**inputs, **step.hyper})

    def case(self) -> dict[str, Any]:
        """The case as the wire carries it."""
        case: dict[str, Any] = {
            "given": encoded({name: x.T.ravel() for name, x in self.problem.given.items()}),
            "t": self.problem.t,
            "steps": [
                {
                    "given": encoded(step.given),
                    "hyper": {k: x.hex() for k, x in step.hyper.items()},
                }
                for step in self.problem.steps
            ],
        }
        if self.problem.objective is not None:
            case["objective"] = encoded(block_diagonal(self.problem.objective))
        return case


def _numbers(values: Mapping[str, float]) -> str:
    return "  ".join(f"{name}={number(value)}" for name, value in values.items())


def is_precise(subject: Subject, family: str) -> bool:
    """Whether float64 arithmetic cannot judge: its own subnormals, or ties in its last bit."""
    return subject.format.name == "float64" and family in ("ties", "underflow")


def turns(subjects: Sequence[Subject], seed: int, elements: int | None) -> Iterator[Turn]:
    """Trials without end, of tensors that suit so many elements altogether."""
    jobs = sum(len(_families(subject)) for subject in subjects)
    size = LARGEST if elements is None else elements // max(jobs, 1)
    size = min(max(size, SMALLEST), LARGEST)
    order = rounds(subjects, _rule, _families, np.random.default_rng(seed))
    for index, (place, family, _) in enumerate(order):
        rng = np.random.default_rng([seed, index])
        odd = rng.integers(_TRIALS_TO_ODD_ONES)
        count = _ODD_SIZES[odd] if odd < len(_ODD_SIZES) else size
        yield partial(_answer, draw(rng, subjects[place], family, count))


def _rule(subject: Subject) -> str:
    return subject.entry.rule


def _answer(trial: Trial) -> list[tuple[Trial, Answer]]:
    answer = ask(trial)
    if isinstance(answer, Refused):
        answer = Failed(trial.name, answer.reason, wrong=True)
    return [(trial, answer)]


def _families(subject: Subject) -> tuple[str, ...]:
    if subject.has_objective:
        return ("quadratic",) * 8  # small ones
    steps = families_of(subject) if subject.takes_state else ()
    return steps if subject.profile.is_half else (*steps, "trajectory")


def draw(rng: np.random.Generator, subject: Subject, family: str, size: int) -> Trial:
    """Draw hyper-parameters, a step count and tensors."""
    given = hyper.draw(rng, subject.hyper)
    if is_precise(subject, family) or family == "trajectory":
        size = max(size // _SHARE, 1)
    if family == "trajectory":
        return Trial(subject, family, _trajectory(rng, subject, given, size))
    scene = Scene(rng, subject, given, hyper.draw_count(rng), size)
    if family == "quadratic":
        return Trial(subject, family, quadratic(scene))
    with np.errstate(all="ignore"):
        tensors = FAMILIES[family](scene)
    step = Step({name: tensors.pop(name) for name in subject.stepwise}, given)
    return Trial(subject, family, Problem(tensors, [step], scene.t))


def _trajectory(
    rng: np.random.Generator, subject: Subject, given: Mapping[str, float], size: int
) -> Problem:
    """8 to 20 steps from zero state, gradients of any size and 0, the learning rate changing."""
    count = int(rng.integers(8, 21))
    scene = Scene(rng, subject, given, 1, size)
    start = scene.tensors(scene.mixed(0.0, 1e-3, 1.0), scene.normal(), np.zeros(size))
    scale = scene.power(10, -4, 2)
    steps = []
    for index in range(count):
        gradient = scale * scene.normal() * scene.mixed(0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
        tensors = scene.stored(dict.fromkeys(subject.stepwise, gradient))
        late = {"alpha": given["alpha"] / 4} if "alpha" in given and index >= count // 2 else {}
        steps.append(Step(tensors, {**given, **late}))
    state = {name: start[name] for name in start if name not in subject.stepwise}
    return Problem(state, steps)
