"""What can become of a case, or of the check of a property."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What became of a case, or of the check of a property, which holds or is violated."""

    PASSED = "passed"
    HOLDS = "holds"
    DEVIATES = "deviates"
    VIOLATED = "violated"
    ERROR = "error"
    EXPECTED_FAILURE = "expected failure"
    UNEXPECTED_PASS = "unexpected pass"
    NOT_APPLICABLE = "not applicable"
    NOT_RUN = "not run"


RIGHT = frozenset({Status.PASSED, Status.HOLDS})
FAILED = frozenset({Status.DEVIATES, Status.VIOLATED, Status.ERROR})
WRONG = FAILED | {Status.UNEXPECTED_PASS}
JUDGED = RIGHT | WRONG | {Status.EXPECTED_FAILURE}
