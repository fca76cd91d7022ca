"""The run: trials of layers drawn, put to backends in their processes, and judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goldenrule.reference.certify import CertificationError

from ...generator.golden import GoldenError
from ...harness.results import Problem
from ..ask import Refused, ask
from .judge import Verdict, judge, misfit
from .subjects import Subject
from .trials import ATTEMPTS, Trial, draw, schedule


@dataclass(frozen=True)
class Violation:
    """One element outside its interval, with all that it takes to see it again."""

    trial: Trial
    verdict: Verdict
    element: int

    def lines(self) -> Iterator[str]:
        """Say what was given, what came and what should have."""
        v, i = self.verdict, self.element
        place = [int(n) for n in np.unravel_index(i, self.trial.expected[v.output].shape)]
        where = f"{v.output}{place}, outside with {v.violations.size - 1} others"
        yield f"{self.trial.subject.name}, {self.trial.family}: {where}"
        yield self.trial.question
        for name, x in self.trial.tensors.items():
            yield f"{name} = {' '.join(map(float.hex, x.ravel().tolist()))}"
        yield f"got {_number(v.got[i])}, exact about {_number(v.exact[i])}"
        yield f"error {v.error[i]:.4g} = {v.fraction[i]:.4g} x bound {v.bound[i]:.4g}"


def _number(value: float) -> str:
    return f"{float(value).hex()} ({value:.9g})"


def outcomes(
    subjects: Sequence[Subject], elements: int, seed: int
) -> Iterator[tuple[Trial, list[Verdict] | Problem | Refused]]:
    """Draw trials with so many elements of y or dx, and give each with its outcome.

    One that a backend refuses is drawn again, a few times; that one counts the least.
    """
    count = 0
    for subject, family, index in schedule(subjects, seed):
        if count >= elements:
            return
        for attempt in range(ATTEMPTS):
            trial = draw(subject, family, (seed, index, attempt))
            outcome = _outcome(trial)
            yield trial, outcome
            if not isinstance(outcome, Refused):
                count += trial.elements
                break
        else:
            count += 1


def _outcome(trial: Trial) -> list[Verdict] | Problem | Refused:
    answer = ask(trial)
    if isinstance(answer, Problem | Refused):
        return answer
    where = f"{trial.subject.name}, {trial.family}, {trial.question}"
    (got,) = answer
    try:
        if wrong := misfit(trial, got):
            return Problem(where, wrong, wrong=True)
        return list(judge(trial, got))
    except (GoldenError, CertificationError) as error:
        return Problem(where, f"cannot be judged: {error}")
