"""The run: trials drawn, put to backends in their processes, and judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, TypeVar

from ..files.kinds import UPDATE
from ..harness.plan import open_targets
from ..harness.results import Problem
from ..harness.session import Session
from ..harness.verify import Progress
from ..harness.wire import EntryInfo
from . import layers
from .ask import TIMEOUT, Refused, ask
from .judge import judge
from .report import Finding, Key, Report, Row, Violation
from .subjects import Subject, subjects
from .trials import Trial, schedule

DEFAULT_ELEMENTS = 1_000_000
ELEMENTS_TO_ONE_OF_LAYERS = 100
"""A layer's exact values take milliseconds a number: fewer elements are put to layers."""
SHOWN = 3


def stress(
    names: Iterable[str],
    elements: int = DEFAULT_ELEMENTS,
    seed: int = 0,
    progress: Progress = lambda *_: None,
) -> Report:
    """Put so many elements to each named backend (entry point or file), and judge them.

    Every declaration of an update rule is tried with every set of its options, in every profile;
    declarations of layers and their gradients share a hundredth as many elements. The same seed
    draws the same inputs. Nothing a backend does raises here.
    """
    sessions, problems = open_targets(names, TIMEOUT)
    run = _Run(problems, progress)
    try:
        for _, group in groupby(sessions, lambda session: session.target.name):
            run.target(list(group), elements, seed)
    finally:
        for session in sessions:
            session.close()
    rows = [run.rows[key] for key in sorted(run.rows)]
    return Report(rows, run.violations, problems, seed, run.refused)


S = TypeVar("S")
Make = Callable[[Any, Any, int], Finding]


class _Run:
    """What a run gathers."""

    def __init__(self, problems: list[Problem], progress: Progress) -> None:
        self.problems = problems
        self.progress = progress
        self.rows: dict[Key, Row] = {}
        self.violations: list[Finding] = []
        self.refused: Counter[tuple[str, str]] = Counter()

    def target(self, sessions: list[Session], elements: int, seed: int) -> None:
        """Put all trials to the backends of one target."""
        entries = [(session, entry) for session in sessions for entry in session.backend.entries]
        updates = [pair for pair in entries if pair[1].computes == UPDATE]
        of_layers = [pair for pair in entries if pair[1].computes != UPDATE]
        self.put_updates(self.found(subjects, updates), elements, seed)
        elements = -(-elements // ELEMENTS_TO_ONE_OF_LAYERS)
        self.put_layers(self.found(layers.subjects, of_layers), elements, seed)

    def found(
        self,
        find: Callable[[Session, EntryInfo], list[S]],
        entries: Iterable[tuple[Session, EntryInfo]],
    ) -> list[S]:
        """All subjects of some entries; an entry that has none is a problem."""
        found: list[S] = []
        for session, entry in entries:
            try:
                found += find(session, entry)
            except ValueError as error:
                self.problems.append(Problem(session.label, str(error)))
        return found

    def put_updates(self, found: list[Subject], elements: int, seed: int) -> None:
        """Put trials to update rules."""
        done = 0
        for trial in schedule(found, elements, seed):
            outcome = _answer(trial)
            if isinstance(outcome, Problem):
                self.problems.append(outcome)
            else:
                self.count(trial, trial.subject.entry.dialect, judge(trial, outcome), Violation)
            done += trial.elements
            self.progress(trial.subject.session.label, min(done, elements), elements)

    def put_layers(self, found: list[layers.Subject], elements: int, seed: int) -> None:
        """Put trials to layers and their gradients."""
        done = 0
        for trial, outcome in layers.outcomes(found, elements, seed):
            label = trial.subject.session.label
            if isinstance(outcome, Refused):
                self.refused[label, outcome.reason] += 1
                continue
            if isinstance(outcome, Problem):
                self.problems.append(outcome)
            else:
                self.count(trial, trial.subject.title, outcome, layers.Violation, 1)
            done += trial.elements
            self.progress(label, min(done, elements), elements)

    def count(
        self, trial: Any, dialect: str, verdicts: Iterable[Any], finding: Make, most: int = SHOWN
    ) -> None:
        """Count a trial, and keep the first violations of its row, of a verdict so many at most."""
        subject = trial.subject
        backend, rule = subject.session.label, subject.entry.rule
        key = Key(backend, rule, dialect, subject.profile.name, trial.family)
        row = self.rows.setdefault(key, Row(key))
        row.elements += trial.elements
        for verdict in verdicts:
            new = verdict.violations[: min(max(SHOWN - row.violations, 0), most)]
            self.violations += [finding(trial, verdict, int(i)) for i in new]
            row.add(verdict)


def _answer(trial: Trial) -> list[dict[str, Any]] | Problem:
    answer = ask(trial)
    if isinstance(answer, Problem):
        return answer
    where = f"{trial.subject.name}, {trial.family}"
    if isinstance(answer, Refused):
        return Problem(where, answer.reason, wrong=True)
    if misfit := _misfit(trial, answer):
        return Problem(where, misfit, wrong=True)
    return answer


def _misfit(trial: Trial, steps: list[dict[str, Any]]) -> str:
    """Say what is wrong with the shape, the type or the format of an output, if anything is."""
    target = trial.subject.format
    shape = next(iter(trial.problem.given.values())).size
    for name, array in ((name, array) for step in steps for name, array in step.items()):
        if array.dtype != target.dtype or array.shape != (shape,):
            return f"{name} is {array.dtype} {array.shape}, not {target.dtype} {(shape,)}"
        if not target.represents(array).all():
            return f"{name} holds numbers that are not {target.name}'s"
    return ""
