"""Verifying: every entry of every named backend against the golden vectors.

The parent judges; each backend runs in a spawned child process. Two backends run at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from ..files.kinds import UPDATE
from .applicable import why_nothing
from .child import BackendFailure, Unavailable
from .expected_failures import ExpectedFailures
from .explanation import Evidence, Explanation, Observation
from .plan import Library, Selection, Task, open_targets, plan
from .results import WRONG, CaseResult, EntryResult, Problem, Report, Status
from .session import Session

DEFAULT_TIMEOUT = 30.0
PROCESSES = 2

Progress = Callable[[str, int, int], None]
"""Called with the backend's label, the number of cases done and the number of cases."""


def verify(
    names: Iterable[str],
    selection: Selection | None = None,
    *,
    timeout: float = DEFAULT_TIMEOUT,
    expected_failures: ExpectedFailures | None = None,
    stop_at_first: bool = False,
    diagnose: bool = True,
    progress: Progress = lambda *_: None,
) -> Report:
    """Verify backends, named by entry point or file, and report what was found.

    Nothing a backend does raises here; ``timeout`` is in seconds and holds for each case.
    """
    selection = selection or Selection()
    with ThreadPoolExecutor(1) as pool:  # files are read while the children import
        opening = pool.submit(open_targets, names, timeout)
        library, problems = Library.open(selection)
        sessions, found = opening.result()
    problems += found
    tasks, found = plan(sessions, library, selection)
    problems += found
    if not tasks and not problems:
        problems.append(Problem("selection", _nothing_selected(sessions, selection)))
    run = _Run(tasks, expected_failures or ExpectedFailures(), stop_at_first, progress)
    try:
        with ThreadPoolExecutor(PROCESSES) as pool:
            try:
                outcomes = list(pool.map(run.session, sessions))
            except KeyboardInterrupt:
                run.stopped.set()
                raise
    finally:
        for session in sessions:
            session.close()
    entries = [entry for outcome, _ in outcomes for entry in outcome]
    problems += [problem for _, problem in outcomes if problem]
    if expected_failures and selection.is_whole and not run.stopped.is_set():
        problems += _unmatched(expected_failures, entries)
    if diagnose:
        problems += explain(entries)
    return Report(entries, problems)


def _unmatched(
    expected_failures: ExpectedFailures, entries: Iterable[EntryResult]
) -> list[Problem]:
    """Report what is listed as an expected failure and is no case."""
    case_ids = {f"{entry.id}/{result.case.id}" for entry in entries for result in entry.cases}
    names = expected_failures.unmatched(case_ids)
    return [Problem("expected failures", f"no case is called {name}") for name in names]


class _Run:
    """The state that the sessions of a run share."""

    def __init__(
        self,
        tasks: list[Task],
        expected_failures: ExpectedFailures,
        stop_at_first: bool,
        progress: Progress,
    ) -> None:
        self.tasks = tasks
        self.expected_failures = expected_failures
        self.stop_at_first = stop_at_first
        self.progress = progress
        self.stopped = threading.Event()
        self.total = sum(len(task.cases) for task in tasks)
        self.done = 0

    def session(self, session: Session) -> tuple[list[EntryResult], Problem | None]:
        """Run all tasks of a session, then end its process."""
        results: list[EntryResult] = []
        try:
            for task in self.tasks:
                if task.session is session and not self.stopped.is_set():
                    results.append(self.task(task))
        except Unavailable as error:
            return results, Problem(session.label, f"not checked: {error}")
        except BackendFailure as error:
            return results, Problem(session.label, str(error))
        finally:
            session.close()
        return results, None

    def task(self, task: Task) -> EntryResult:
        entry = task.entry
        label = task.session.label
        result = EntryResult(
            label,
            entry.rule,
            entry.dialect,
            task.profile,
            task.file,
            [],
            task.reason,
            computes=entry.computes,
        )
        for case in task.cases:
            if self.stopped.is_set():
                result.cases.append(CaseResult(case, Status.NOT_RUN, "stopped at a failure"))
                continue
            assert task.file
            outcome = task.session.run(entry, task.profile, task.file, case)
            outcome = self.expected_failures.apply(f"{result.id}/{case.id}", outcome)
            result.cases.append(outcome)
            if self.stop_at_first and outcome.status in WRONG:
                self.stopped.set()
            self.done += 1
            self.progress(label, self.done, self.total)
        if task.file and not result.judged:
            reasons = [case.reason for case in result.cases]
            result.reason = why_nothing(entry, task.file, reasons)
        return result


def _nothing_selected(sessions: Iterable[Session], selection: Selection) -> str:
    """Say which pattern nothing that is declared meets, and what is declared."""
    entries = [entry for session in sessions for entry in session.backend.entries]
    here = [entry for entry in entries if selection.selects(entry.rule, entry.dialect)]
    names = [f"{entry.rule}/{entry.dialect}" for entry in entries]
    profiles = [profile for entry in here for profile in entry.profiles]
    declared = list(dict.fromkeys(profiles if here else names))
    what = f"rule {selection.rule!r}, dialect {selection.dialect!r}, profile {selection.profile!r}"
    others = f" and {len(declared) - 12} more" if len(declared) > 12 else ""
    return f"no entry matches {what}; declared: {', '.join(declared[:12])}{others}"


def explain(entries: Iterable[EntryResult]) -> list[Problem]:
    """Let diagnosis explain the entries that deviate, all profiles of a dialect together."""
    groups: dict[tuple[str, str, str, str], list[EntryResult]] = {}
    for entry in entries:
        key = (entry.backend, entry.rule, entry.dialect, entry.computes)
        groups.setdefault(key, []).append(entry)
    problems: list[Problem] = []
    for (_, rule, dialect, _), group in groups.items():
        deviating = [e for e in group if any(_may_be_explained(e, case) for case in e.cases)]
        if not deviating:
            continue
        try:
            explanations = _diagnose(group)
        except Exception as error:  # a verdict is never lost to its explanation
            what = f"{rule}/{dialect}: {type(error).__name__}: {error}"
            problems.append(Problem("diagnosis", what))
            continue
        for entry in deviating:
            entry.explanations = explanations
    return problems


def _may_be_explained(entry: EntryResult, case: CaseResult) -> bool:
    """Whether a number is wrong, or the shape of a layer's output, which rules can account for."""
    return case.status is Status.DEVIATES and (case.measured or entry.computes != UPDATE)


def _diagnose(group: list[EntryResult]) -> tuple[Explanation, ...]:
    from ..diagnose import diagnose

    file = next(entry.file for entry in group if entry.file)
    observations = [
        Observation(case.case, entry.profile, case.outputs, case.status is Status.PASSED)
        for entry in group
        for case in entry.cases
        if case.outputs
    ]
    return tuple(diagnose(Evidence(group[0].backend, file, observations)))
