"""Trials: cases drawn at random, as the reference and as a backend's process take them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, Step

from . import hyper
from .encode import encoded
from .families import FAMILIES, families_of
from .quadratic import block_diagonal, quadratic
from .scene import Scene
from .subjects import Subject

LARGEST = 1024
SMALLEST = 64
# Two of so many trials have the size of a vector's tail, and of a scalar.
_TRIALS_TO_ODD_ONES = 16
_ODD_SIZES = (12, 1)
# Trials in mpmath or of many steps take as long as others of so many times their elements.
_SHARE = 16

Job = tuple[Subject, str]


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
    def outputs(self) -> Sequence[str]:
        """What comes out, the main output first."""
        return self.subject.outputs

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


def is_precise(subject: Subject, family: str) -> bool:
    """Whether float64 arithmetic cannot judge: its own subnormals, or ties in its last bit."""
    return subject.format.name == "float64" and family in ("ties", "underflow")


def schedule(subjects: Sequence[Subject], elements: int, seed: int) -> Iterator[Trial]:
    """Trials for at least so many elements, every subject the first time before any the second."""
    jobs = _in_turn(subjects, np.random.default_rng(seed))
    size = min(max(elements // max(len(jobs), 1), SMALLEST), LARGEST)
    count = 0
    for index, (subject, family) in enumerate(cycle(jobs)):
        if count >= elements and index >= len(subjects):
            return
        rng = np.random.default_rng([seed, index])
        odd = rng.integers(_TRIALS_TO_ODD_ONES)
        trial = draw(rng, subject, family, _ODD_SIZES[odd] if odd < len(_ODD_SIZES) else size)
        count += trial.elements
        yield trial


def _in_turn(subjects: Sequence[Subject], rng: np.random.Generator) -> list[Job]:
    """Each subject with each of its families, in rounds; a subject's families in any order."""
    rounds: list[list[Job]] = []
    for subject in subjects:
        for index, family in enumerate(rng.permutation(_families(subject))):
            rounds += [[]] * (index >= len(rounds))
            rounds[index] = [*rounds[index], (subject, str(family))]
    return [job for jobs in rounds for job in jobs]


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
