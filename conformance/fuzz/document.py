"""The report that programs read, stable under its own version number (see docs/guides/fuzz.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from ..generator.document import provenance
from ..releases import frameworks
from .finding import Finding
from .report import Report, Row
from .slack import ABOUT, exact, is_any_order, slack

VERSION = "1.0"
_ROWS = ("backend", "rule", "dialect", "computes", "profile", "output")
_PROFILES = ("backend", "profile")
_FAMILIES = (*_PROFILES, "family")


def render(report: Report) -> str:
    """Render a report as JSON; a quotient that is not finite becomes null."""
    reach = report.reach
    use = dict.fromkeys((x.key for x in slack(report)), "slack")
    use |= dict.fromkeys(exact(report), "exact")
    document = {
        "version": VERSION,
        "exit_code": report.exit_code,
        "seed": report.seed,
        "seconds": report.budget.seconds,
        "elements": report.budget.elements,
        "subjects": reach.subjects,
        "not_reached": [{"subject": name, "reason": why} for name, why in reach.missed.items()],
        "rows": [
            _row(row, _ROWS)
            | {
                "slack": use.get(row.key.of(ABOUT)) == "slack",
                "exact": use.get(row.key.of(ABOUT)) == "exact",
                "any_order_sum": is_any_order(report, row.key),
            }
            for row in report.sums(*_ROWS)
        ],
        "profiles": [_row(row, _PROFILES) for row in report.sums(*_PROFILES)],
        "families": [_row(row, _FAMILIES) for row in report.sums(*_FAMILIES)],
        "findings": [_finding(finding) for finding in report.findings],
        "not_judged": [
            {"declaration": one.declaration, "outputs": list(one.outputs), "reason": one.reason}
            for one in report.spared
        ],
        "not_applicable": [
            {"backend": backend, "reason": reason, "draws": count}
            for (backend, reason), count in sorted(report.refused.items())
        ],
        "problems": [asdict(problem) for problem in report.problems],
        "_info": {
            "date": datetime.now(UTC).date().isoformat(),
            **provenance(),
            **frameworks(),
        },
    }
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _row(row: Row, fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row.key, name) for name in fields} | {
        "elements": row.elements,
        "numbers": row.numbers,
        "unjudged": row.unjudged,
        "errors": row.errors,
        "violations": row.violations,
        "worst_error_over_bound": _number(row.worst),
        "median_error_over_bound": _number(row.median),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    subject = finding.trial.subject
    verdict = finding.verdict
    return {
        "backend": subject.session.label,
        "rule": subject.entry.rule,
        "dialect": subject.entry.dialect,
        "computes": subject.entry.computes,
        "profile": subject.profile.name,
        "family": finding.trial.family,
        "message": finding.message,
        "error_over_bound": _number(verdict.fraction[finding.element]) if verdict else None,
        "file": str(finding.path) if finding.path else None,
        "case": finding.case or None,
    }


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
