"""The report programs read, with a version of its own (see docs/reference/json-report.md).

{"version": "1.3", "exit_code": 0,
 "run": {"date", "machine", "system", "releases": {"goldenrule", "python", "numpy", ...}},
 "entries": [{"id", "backend", "rule", "dialect", "computes", "profile", "verdict",
              "reason",
              "worst_ulp", "worst_error_over_bound",
              "explanations": [{"name", "sentence", "cases_explained", "cases_contradicted",
                                "cases_failing", "cases_unjudged", "kind", "links"}],
              "cases": [{"id", "status", "reason", "not_returned", "seconds", "worst_ulp",
                         "worst_error_over_bound",
                         "failure": {"step", "output", "element", "message", "got", "exact",
                                     "accepted", "ulp", "error_over_bound"} or null}]}],
 "objects": [{"backend", "rule", "dialect", "profile", "implementations", "verdict", "reason",
              "properties": [{"id", "name", "sentence", "status", "reason", "failing", "seconds",
                              "violation": {"what", "message", "implementation", "options", "case",
                                            "step", "element", "got", "wanted"} or null}]}],
 "without_object": ["torch/optimizers/ewma/uncorrected"],
 "problems": [{"subject", "message", "wrong"}]}
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from ..harness.property_results import ObjectResult
from ..harness.results import CaseResult, EntryResult, Report
from ..releases import releases

VERSION = "1.3"


def render(report: Report) -> str:
    """Render a report as JSON; an error that is not finite becomes null."""
    document = {
        "version": VERSION,
        "exit_code": report.exit_code,
        "run": _run(),
        "entries": [_entry(entry) for entry in report.entries],
        "objects": [_object(item) for item in report.objects],
        "without_object": list(report.without_object),
        "problems": [asdict(problem) for problem in report.problems],
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _run() -> dict[str, Any]:
    """Say when the report was made, on which kind of machine, and what is installed there."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": platform.machine(),
        "system": platform.system(),
        "releases": releases(),
    }


def _entry(entry: EntryResult) -> dict[str, Any]:
    return {
        "id": entry.id,
        "backend": entry.backend,
        "rule": entry.rule,
        "dialect": entry.dialect,
        "computes": entry.computes,
        "profile": entry.profile,
        "verdict": entry.verdict,
        "reason": entry.reason,
        "worst_ulp": _number(entry.worst_ulp),
        "worst_error_over_bound": _number(entry.worst_fraction),
        "explanations": [asdict(explanation) for explanation in entry.explanations],
        "cases": [_case(case) for case in entry.cases],
    }


def _case(result: CaseResult) -> dict[str, Any]:
    failure = result.failure
    return {
        "id": result.case.id,
        "status": result.status.value,
        "reason": result.reason,
        "not_returned": list(result.missing),
        "seconds": round(result.seconds, 6),
        "worst_ulp": _number(result.worst_ulp),
        "worst_error_over_bound": _number(result.worst_fraction),
        "failure": failure
        and {
            "step": failure.step,
            "output": failure.output,
            "element": failure.element,
            "message": failure.message,
            "got": failure.got,
            "exact": failure.exact,
            "accepted": failure.accepted,
            "ulp": _number(failure.ulp),
            "error_over_bound": _number(failure.fraction),
        },
    }


def _object(item: ObjectResult) -> dict[str, Any]:
    return {
        "backend": item.backend,
        "rule": item.rule,
        "dialect": item.dialect,
        "profile": item.profile,
        "implementations": list(item.implementations),
        "verdict": item.verdict,
        "reason": item.reason,
        "properties": [
            {
                "id": item.property_id(result.name),
                **asdict(result),
                "seconds": round(result.seconds, 6),
            }
            for result in item.properties
        ],
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
