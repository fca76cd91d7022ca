"""Running the tasks of all sessions: the cases of entries, then the properties of objects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .applicable import why_nothing
from .child import BackendFailure, Unavailable
from .expected_failures import ExpectedFailures
from .object_plan import ObjectTask
from .object_run import examine
from .plan import Task
from .property_results import ObjectResult, PropertyResult
from .results import CaseResult, EntryResult, Problem
from .session import Session
from .status import WRONG, Status

Progress = Callable[[str, int, int], None]
"""Called with the backend's label, the number of cases done and the number of cases."""

STOPPED = "stopped at a failure"


@dataclass
class SessionResult:
    """What one session found, and the problem that ended it early, if one did."""

    entries: list[EntryResult] = field(default_factory=list)
    objects: list[ObjectResult] = field(default_factory=list)
    problem: Problem | None = None


class Run:
    """The state that the sessions of a run share."""

    def __init__(
        self,
        tasks: Sequence[Task],
        objects: Sequence[ObjectTask],
        expected_failures: ExpectedFailures,
        stop_at_first: bool,
        progress: Progress,
    ) -> None:
        """Prepare; nothing runs yet."""
        self.tasks = tasks
        self.objects = objects
        self.expected_failures = expected_failures
        self.stop_at_first = stop_at_first
        self.progress = progress
        self.stopped = threading.Event()
        self.total = sum(len(task.cases) for task in tasks)
        self.total += sum(len(task.checks) for task in objects)
        self.done = 0

    def session(self, session: Session) -> SessionResult:
        """Run all tasks of a session, then end its process."""
        result = SessionResult()
        try:
            for task in self.tasks:
                if task.session is session and not self.stopped.is_set():
                    result.entries.append(self.task(task))
            for task in self.objects:
                if task.session is session and not self.stopped.is_set():
                    result.objects.append(self.object(task))
        except Unavailable as error:
            result.problem = Problem(session.label, f"not checked: {error}")
        except BackendFailure as error:
            result.problem = Problem(session.label, str(error))
        finally:
            session.close()
        return result

    def task(self, task: Task) -> EntryResult:
        """Run the cases of an entry."""
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
                result.cases.append(CaseResult(case, Status.NOT_RUN, STOPPED))
                continue
            assert task.file
            outcome = task.session.run(entry, task.profile, task.file, case)
            outcome = self.expected_failures.apply(f"{result.id}/{case.id}", outcome)
            result.cases.append(outcome)
            self._count(label, outcome)
        if task.file and not result.judged:
            reasons = [case.reason for case in result.cases]
            result.reason = why_nothing(entry, task.file, reasons)
        return result

    def object(self, task: ObjectTask) -> ObjectResult:
        """Check the properties of an object."""
        entry = task.entry
        label = task.session.label
        result = ObjectResult(
            label,
            entry.rule,
            entry.dialect,
            task.profile,
            entry.implementations,
            [],
            task.reason,
        )
        for check in task.checks if not task.reason else ():
            if self.stopped.is_set():
                outcome = PropertyResult(check.name, check.sentence, Status.NOT_RUN, STOPPED)
                result.properties.append(outcome)
                continue
            outcome = examine(task, check)
            outcome = self.expected_failures.apply(result.property_id(check.name), outcome)
            result.properties.append(outcome)
            self._count(label, outcome)
        if not result.judged and not result.reason:
            result.reason = "no check is applicable"
        return result

    def _count(self, label: str, outcome: CaseResult | PropertyResult) -> None:
        if self.stop_at_first and outcome.status in WRONG:
            self.stopped.set()
        self.done += 1
        self.progress(label, self.done, self.total)
