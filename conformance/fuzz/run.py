"""The run: trials drawn, put to backends in their processes, judged, and shrunk if they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from ..files.kinds import UPDATE
from ..harness.plan import Selection, open_targets
from ..harness.results import Problem
from ..harness.session import Session
from ..harness.verify import Progress, nothing_selected
from ..harness.wire import EntryInfo
from . import layers, trials
from .ask import TIMEOUT
from .budget import ELEMENTS_TO_ONE_OF_LAYERS, SECONDS, Budget
from .gather import Gathered
from .judge import judge
from .part import Part, take_turns
from .report import Report
from .subjects import subjects


def fuzz(
    names: Iterable[str],
    selection: Selection | None = None,
    *,
    seconds: float | None = None,
    elements: int | None = None,
    seed: int = 0,
    shrink: bool = True,
    progress: Progress = lambda *_: None,
) -> Report:
    """Put inputs drawn afresh to each named backend (entry point or file), and judge the answers.

    So many seconds, by default 60, are shared by update rules and layers; or else so many elements
    are put to update rules, and a hundredth as many to layers. Every declaration is tried with and
    without its options, in every profile. The same seed draws the same inputs, of update rules and
    of layers, in the same order. What fails is shrunk. Nothing a backend does raises here.
    """
    if elements is None and seconds is None:
        seconds = SECONDS
    budget = Budget(seconds, elements)
    selection = selection or Selection()
    sessions, problems = open_targets(names, TIMEOUT)
    gathered = Gathered(problems)
    try:
        for name, group in groupby(sessions, lambda session: session.target.name):
            parts = _parts(list(group), selection, budget, seed, gathered)
            take_turns(parts, budget, gathered.count, _titled(progress, name))
        if not gathered.subjects and not problems:
            problems.append(Problem("selection", nothing_selected(sessions, selection)))
        if shrink and gathered.findings:
            from .shrink import shrink_all  # SymPy, needed here alone

            shrink_all(gathered.findings, _titled(progress, "shrinking"))
    finally:
        for session in sessions:
            session.close()
    return gathered.report(seed, budget)


def _parts(
    sessions: Sequence[Session],
    selection: Selection,
    budget: Budget,
    seed: int,
    gathered: Gathered,
) -> list[Part]:
    """The update rules and the layers of a target, as far as there are any."""

    def found(find: Callable[[Session, EntryInfo], list[Any]], are_updates: bool) -> list[Any]:
        subjects: list[Any] = []
        for session, entry in declared:
            if (entry.computes == UPDATE) == are_updates:
                try:
                    subjects += find(session, entry)
                except ValueError as error:
                    gathered.problems.append(Problem(session.label, str(error)))
        return [x for x in subjects if selection.selects(*_names(x.entry), x.profile.name)]

    declared = [
        (session, entry)
        for session in sessions
        for entry in session.backend.entries
        if selection.selects(*_names(entry))
    ]
    updates, others = found(subjects, True), found(layers.subjects, False)
    gathered.subjects += [*updates, *others]
    parts = []
    if updates:
        turns = trials.turns(updates, seed, budget.elements)
        parts.append(Part(turns, judge, budget.elements, least=len(updates)))
    if others:
        goal = budget.elements and -(-budget.elements // ELEMENTS_TO_ONE_OF_LAYERS)
        parts.append(Part(layers.turns(others, seed), layers.verdicts, goal))
    return parts


def _names(entry: EntryInfo) -> tuple[str, str]:
    return entry.rule, entry.dialect


def _titled(progress: Progress, title: str) -> Progress:
    return lambda _, done, total: progress(title, done, total)
