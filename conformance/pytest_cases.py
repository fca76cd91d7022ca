"""What the pytest plugin collects and runs; children live as long as the test session."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from .files.discovery import PACKAGED_VECTORS
from .files.kinds import UPDATE
from .harness.applicable import why_not, why_nothing
from .harness.child import BackendFailure, Unavailable
from .harness.expected_failures import ExpectedFailures, ExpectedFailuresError
from .harness.object_plan import ObjectTask, plan_objects
from .harness.object_run import examine
from .harness.plan import Library, Selection, Task, open_targets, plan
from .harness.property_results import PropertyResult, property_id
from .harness.results import CaseResult, Problem, entry_id
from .harness.session import Session
from .harness.status import WRONG, Status
from .reports import failure, violation

Outcome = TypeVar("Outcome", CaseResult, PropertyResult)


@dataclass(frozen=True)
class ConformanceCase:
    """Something that passes, fails, skips or fails as expected when it is checked."""

    id: str
    check: Callable[[], None]


class Cases:
    """The backends and vector files of a test session, each opened once."""

    def __init__(
        self,
        *,
        timeout: float,
        required: frozenset[str],
        expected_failures: str | None,
        root: str | None,
    ) -> None:
        """Read the list of expected failures; pytest.UsageError if it cannot be read."""
        self.timeout = timeout
        self.required = required
        self.root = Path(root) if root else PACKAGED_VECTORS
        try:
            self.expected_failures = (
                ExpectedFailures.read(Path(expected_failures))
                if expected_failures
                else ExpectedFailures()
            )
        except ExpectedFailuresError as error:
            raise pytest.UsageError(str(error)) from None
        self._opened: dict[str, tuple[list[Session], list[Problem]]] = {}
        self._libraries: dict[Selection, tuple[Library, list[Problem]]] = {}

    def collect(
        self,
        name: str,
        *,
        rule: str = "*",
        dialect: str = "*",
        profile: str = "*",
        root: Path | None = None,
    ) -> list[ConformanceCase]:
        """Return the cases of a backend; what cannot be checked is a case that says so."""
        files = Selection(rule, dialect, root=root or self.root)
        if name not in self._opened:
            self._opened[name] = open_targets([name], self.timeout)
        if files not in self._libraries:
            self._libraries[files] = Library.open(files)
        sessions, problems = self._opened[name]
        library, bad_files = self._libraries[files]
        selection = Selection(rule, dialect, profile, files.root)
        tasks, unknown = plan(sessions, library, selection)
        cases = [self._problem(name, p) for p in (*problems, *bad_files, *unknown)]
        for task in tasks:
            cases += self._task(name, task)
        objects, unknown = plan_objects(sessions, library, selection)
        cases += [self._problem(name, p) for p in unknown if p not in problems]
        for task in objects:
            cases += self._object(name, task)
        return cases or [ConformanceCase(f"{name}/nothing", _failing("no entry is selected"))]

    def close(self) -> None:
        """End the child processes."""
        for sessions, _ in self._opened.values():
            for session in sessions:
                session.close()

    def _problem(self, name: str, problem: Problem) -> ConformanceCase:
        skipped = problem.message.startswith("not checked") and name not in self.required
        message = f"{problem.subject}: {problem.message}"
        check = _skipping(message) if skipped else _failing(message)
        subject = "not-checked" if problem.subject == name else problem.subject
        return ConformanceCase(f"{Path(name).name}/{subject}".replace("::", ":"), check)

    def _task(self, name: str, task: Task) -> list[ConformanceCase]:
        entry, file = task.entry, task.file
        prefix = entry_id(
            task.session.label, entry.rule, entry.dialect, entry.computes, task.profile
        )
        if file is None:
            return [ConformanceCase(f"{prefix}/not-checked", _failing(task.reason))]
        reasons = [why_not(entry, task.profile, file, case) for case in task.cases]
        if all(reasons):
            reason = why_nothing(entry, file, reasons)
            return [ConformanceCase(f"{prefix}/not-checked", _failing(reason))]
        return [
            ConformanceCase(
                f"{prefix}/{case.id}",
                self._check(
                    name,
                    f"{prefix}/{case.id}",
                    partial(task.session.run, entry, task.profile, file, case),
                    partial(failure.details, file=file),
                ),
            )
            for case, reason in zip(task.cases, reasons, strict=True)
            if not reason
        ]

    def _object(self, name: str, task: ObjectTask) -> list[ConformanceCase]:
        """Return an item for every property of an object."""
        entry = task.entry
        ids = {
            check: property_id(
                task.session.label, entry.rule, entry.dialect, check.name, task.profile
            )
            for check in task.checks
        }
        if task.reason:
            return [ConformanceCase(i, _failing(task.reason)) for i in ids.values()]
        return [
            ConformanceCase(
                case_id,
                self._check(name, case_id, partial(examine, task, check), violation.details),
            )
            for check, case_id in ids.items()
        ]

    def _check(
        self,
        name: str,
        case_id: str,
        run: Callable[[], Outcome],
        facts: Callable[[Outcome], Iterable[tuple[str, str]]],
    ) -> Callable[[], None]:
        """Return what runs a case, or a check, and tells pytest what became of it."""

        def check() -> None:
            try:
                result = run()
            except Unavailable as error:
                (_failing if name in self.required else _skipping)(f"not checked: {error}")()
                return
            except BackendFailure as error:
                _failing(str(error))()
                return
            result = self.expected_failures.apply(case_id, result)
            if result.status in WRONG:
                _failing("\n".join(f"{fact:<8}  {text}" for fact, text in facts(result)))()
            elif result.status is Status.EXPECTED_FAILURE:
                pytest.xfail(result.reason)
            elif result.status is Status.NOT_APPLICABLE:
                pytest.skip(result.reason)
            elif isinstance(result, CaseResult) and result.missing:
                _warn(result)

        return check


def _warn(result: CaseResult) -> None:
    """Say which outputs of a layer did not come."""
    if result.case.computes != UPDATE:
        missing = ", ".join(result.missing)
        warnings.warn(pytest.PytestWarning(f"not returned, so not judged: {missing}"), stacklevel=1)


def _failing(message: str) -> Callable[[], None]:
    return lambda: pytest.fail(message, pytrace=False)


def _skipping(message: str) -> Callable[[], None]:
    return lambda: pytest.skip(message)
