"""Strict lists of expected failures.

A line names the cases or properties that must fail, then the reason::

    torch-fused/optimizers/adam/paper/float32/eps-large-t3   # upstream bug 1234
    mine/optimizers/adagrad/*                                # not implemented yet
    mine/optimizers/adam/paper/property/state-restored/*     # the step count is lost

The name is a whole id or a shell pattern. A listed case that passes fails the run, and a
name that matches no case of a backend is reported.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TypeVar

from .property_results import PropertyResult
from .results import CaseResult
from .status import FAILED, RIGHT, Status

Result = TypeVar("Result", CaseResult, PropertyResult)


class ExpectedFailuresError(Exception):
    """A list that cannot be read; the message is one line."""


@dataclass(frozen=True)
class ExpectedFailures:
    """Patterns of case ids, each with its reason."""

    reasons: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def read(path: Path) -> ExpectedFailures:
        """Read a list.

        Raises ExpectedFailuresError if the file is unreadable or a line has no reason.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise ExpectedFailuresError(f"{path}: {error.strerror}") from None
        except ValueError as error:
            raise ExpectedFailuresError(f"{path}: {error}") from None
        reasons = []
        for number, line in enumerate(lines, 1):
            name, _, reason = (part.strip() for part in line.partition("#"))
            if name and not reason:
                raise ExpectedFailuresError(f"{path}:{number}: {name} has no reason after a #")
            if name:
                reasons.append((name, reason))
        return ExpectedFailures(tuple(reasons))

    def reason(self, case_id: str) -> str:
        """Return why the case is expected to fail, or an empty string."""
        return next((why for name, why in self.reasons if fnmatchcase(case_id, name)), "")

    def unmatched(self, case_ids: Collection[str]) -> list[str]:
        """Give the names that match no case of a backend that ran."""
        labels = {case_id.partition("/")[0] for case_id in case_ids}
        return [
            name
            for name, _ in self.reasons
            if any(fnmatchcase(label, name.partition("/")[0]) for label in labels)
            and not any(fnmatchcase(case_id, name) for case_id in case_ids)
        ]

    def apply(self, case_id: str, result: Result) -> Result:
        """Turn an expected failure into one, and a listed pass into an unexpected one."""
        reason = self.reason(case_id)
        if reason and result.status in FAILED:
            return replace(result, status=Status.EXPECTED_FAILURE, reason=reason)
        if reason and result.status in RIGHT:
            why = f"passes, but is listed as an expected failure ({reason})"
            return replace(result, status=Status.UNEXPECTED_PASS, reason=why)
        return result
