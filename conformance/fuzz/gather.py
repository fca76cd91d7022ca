"""What a run gathers, trial by trial."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from ..harness.results import Problem
from .any_order import any_order
from .ask import Outputs, Refused
from .budget import Budget
from .finding import Finding
from .known import KNOWN, excused, known
from .part import Answers, Verdicts
from .report import Key, Reach, Report, Row
from .verdict import Verdict

_RULE = ("rule", "dialect", "computes")


class Gathered:
    """Rows, findings, and which subjects were reached."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.subjects: list[Any] = []
        self.findings: list[Finding] = []
        self._rows: dict[Key, Row] = {}
        self._reached: set[str] = set()
        self._failed: set[str] = set()
        self._kinds: set[tuple[str, str]] = set()
        self._refusals: dict[str, str] = {}
        self._refused: Counter[tuple[str, str]] = Counter()
        self._largest: dict[Key, Any] = {}

    def count(self, answers: Answers, judge: Callable[[Any, Outputs], Verdicts]) -> int:
        """Count the trials of a turn, and return the number of their elements, at least 1."""
        elements = 0
        for trial, answer in answers:
            subject = trial.subject
            if isinstance(answer, Refused):
                self._refusals[subject.name] = answer.reason
                self._refused[subject.session.label, answer.reason] += 1
                continue
            elements += trial.elements
            self._reached.add(subject.name)
            outcome = answer if isinstance(answer, Problem) else judge(trial, answer)
            if isinstance(outcome, Problem):
                self._fail(trial, outcome)
                continue
            self._verdicts(trial, outcome)
        return max(elements, 1)

    def _verdicts(self, trial: Any, verdicts: Any) -> None:
        subject = trial.subject
        entry = subject.entry
        first = (subject.session.label, entry.rule, entry.dialect, entry.computes)
        rest = (subject.profile.name, trial.family)
        added: set[Key] = set()
        for verdict in verdicts:
            key = Key(*first, *rest, verdict.output)
            row = self._rows.setdefault(key, Row(key))
            row.elements += 0 if key in added else trial.elements
            added.add(key)
            row.add(verdict)
            if verdict.violations.size:
                self._find(Finding(trial, verdict, _worst(verdict)))
        self._keep(trial, Key(*first).of(_RULE))

    def _fail(self, trial: Any, problem: Problem) -> None:
        """Keep the first problem of its kind with a subject, unless it is known."""
        if problem.wrong and excused(trial, problem.message):
            return
        kind = trial.subject.name, re.sub(r"\d+", "", problem.message)
        if kind not in self._kinds:
            self._kinds.add(kind)
            self.problems.append(problem)
            if problem.wrong:
                self._find(Finding(trial, None, 0, problem.message))

    def _find(self, finding: Finding) -> None:
        """Keep the first failure of a subject."""
        name = finding.trial.subject.name
        if name not in self._failed:
            self._failed.add(name)
            self.findings.append(finding)

    def _keep(self, trial: Any, key: Key) -> None:
        """Keep the largest problem of a rule, to see what its sums are."""
        if key not in self._largest or trial.elements > self._largest[key].elements:
            self._largest[key] = trial

    def report(self, seed: int, budget: Budget) -> Report:
        """Add everything up."""
        missed = {
            subject.name: self._refusals.get(subject.name, "not reached in time")
            for subject in self.subjects
            if subject.name not in self._reached
        }
        sums = {
            Key(key.backend, key.rule, key.dialect, key.computes, output=output)
            for key, trial in self._largest.items()
            for output in any_order(trial.subject.forms, trial.problem)
        }
        return Report(
            [self._rows[key] for key in sorted(self._rows)],
            self.findings,
            self.problems,
            seed,
            budget,
            Reach(len(self.subjects), missed),
            self._refused,
            [one for one in KNOWN if any(one in known(x) for x in self.subjects)],
            frozenset(sums),
        )


def _worst(verdict: Verdict) -> int:
    """The element farthest outside its bound; what is no number counts most."""
    outside = verdict.violations
    distances = np.nan_to_num(verdict.fraction[outside], nan=np.inf)
    return int(outside[np.argmax(distances)])
