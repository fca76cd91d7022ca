"""The search: moves are tried as long as the problem still fails, within a budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, Quadratic

from ...files.kinds import UPDATE
from ...harness.child import BackendFailure, Unavailable
from ...harness.verify import Progress
from ..finding import Finding, Shrunk
from ..quadratic import ROWS
from . import moves, sizes
from .attempt import Attempts

ASKED_AT_MOST = 400
SECONDS = 20.0
"""For one finding."""
SECONDS_ALTOGETHER = 120.0
"""For all; what is found later is taken as it came."""
_WIDTHS = (1, 12, 64)
"""Numbers of elements that a failure is looked for among, the failing one first."""

Stage = Callable[[Problem], Iterator[moves.Move]]


def shrink_all(findings: Sequence[Finding], progress: Progress) -> None:
    """Shrink what was found; a backend that cannot be run any more leaves it as it is."""
    end = time.monotonic() + SECONDS_ALTOGETHER
    for done, finding in enumerate(findings):
        progress(finding.trial.subject.name, done, len(findings))
        try:
            finding.shrunk = shrink(finding, min(end, time.monotonic() + SECONDS))
        except (Unavailable, BackendFailure):
            continue


def shrink(finding: Finding, end: float) -> Shrunk | None:
    """Make a finding smaller; None if its failure does not show in a case of its own."""
    subject = finding.trial.subject
    attempts = Attempts(subject, _comment(finding), finding.verdict is None)
    start = _starts(finding.trial.problem, finding.element)
    if subject.entry.computes != UPDATE:
        start = iter([finding.trial.problem])
    found = next(((x, s) for x in start if (s := attempts.shrunk(x))), None)
    return _search(subject, attempts, *found, end) if found else None


def _search(subject: Any, attempts: Attempts, problem: Problem, best: Shrunk, end: float) -> Shrunk:
    changed = True
    while changed:
        changed = False
        for stage in _stages(subject):
            for move in stage(problem):
                while found := _first(attempts, move(problem), end):
                    problem, best = found
                    changed = True
    return best


def _first(
    attempts: Attempts, candidates: Iterator[Problem], end: float
) -> tuple[Problem, Shrunk] | None:
    for candidate in candidates:
        if attempts.asked >= ASKED_AT_MOST or time.monotonic() >= end:
            return None
        if shrunk := attempts.shrunk(candidate):
            return candidate, shrunk
    return None


def _stages(subject: Any) -> list[Stage]:
    if subject.entry.computes == UPDATE:
        return [moves.steps, moves.rows, moves.scalars, moves.tensors, moves.numbers]
    of_layers = [partial(sizes.sizes, subject), partial(sizes.attributes, subject)]
    return [*of_layers, moves.scalars, moves.tensors, moves.numbers]


def _starts(problem: Problem, element: int) -> Iterator[Problem]:
    """The failing element alone, then together with more and more others."""
    if problem.objective is not None:
        yield _one_objective(problem, element // ROWS)
        return
    size = next(iter(problem.given.values())).size
    for width in dict.fromkeys(min(width, size) for width in (*_WIDTHS, size)):
        chosen = (element + np.arange(width)) % size
        steps = [
            replace(step, given={name: x[chosen] for name, x in step.given.items()})
            for step in problem.steps
        ]
        yield replace(problem, given={n: x[chosen] for n, x in problem.given.items()}, steps=steps)


def _one_objective(problem: Problem, which: int) -> Problem:
    """One of the small objectives of a batch, by itself."""

    def pick(rows: np.ndarray) -> np.ndarray:
        found = [float(rows[index][which]) for index in np.ndindex(rows.shape)]
        return np.array(found).reshape(rows.shape)

    assert problem.objective
    objective = Quadratic(pick(problem.objective.A), pick(problem.objective.b))
    given = {name: x[:, which] for name, x in problem.given.items()}
    return replace(problem, given=given, objective=objective)


def _comment(finding: Finding) -> str:
    subject = finding.trial.subject
    if finding.verdict is None:
        how = "which failed"
    else:
        how = f"whose error was {finding.verdict.fraction[finding.element]:.3g} times the bound"
    return (
        f"found by fuzzing {subject.session.label} in {subject.profile.name} with inputs of "
        f"family {finding.trial.family}, {how}; then shrunk"
    )
