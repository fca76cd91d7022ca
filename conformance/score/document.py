"""The score programs read, stable under its own version number (see docs/theory/detection.md).

{"version": "1.0", "exit_code": 0, "share": 1,
 "rules": {RULE: {"made", "profiles": {PROFILE: {"mutants", "equivalent",
                                                 "killed": {CRITERION: count},
                                                 "forms", "false_alarms": {CRITERION: count}}}}},
 "parts": [{"rule", "dialect", "kind", "profile", "mutants", "equivalent", "killed"}],
 "operators": {OPERATOR: {"mutants", "wrong", "killed"}},
 "equal": [{"rule", "dialect", "kind", "mutant"}],
 "survivors": [{"id", "rule", "dialect", "kind", "mutant", "operator", "sentence", "profile",
                "equivalent", "reach"}],
 "false_alarms": [{"rule", "dialect", "kind", "form", "profile", "criterion", "case"}],
 "faults": [],
 "_info": {"date", "python", ...}}
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from ..generator.document import provenance
from .criteria import CRITERIA
from .equivalence import PROVED
from .record import Record
from .result import Count, Result

VERSION = "1.0"


def render(result: Result) -> str:
    """Render a result as JSON."""
    document = {
        "version": VERSION,
        "exit_code": result.exit_code,
        "share": result.share,
        "rules": {rule: _rule(result, rule) for rule in result.made},
        "parts": [
            {"rule": rule, "dialect": dialect, "kind": kind, "profile": profile, **asdict(count)}
            for (rule, dialect, kind, profile), count in _counts(result, _part)
        ],
        "operators": {
            operator: {
                "mutants": len({(r.rule, r.dialect, r.kind, r.name) for r in group}),
                "wrong": count.wrong,
                "killed": count.killed["intervals"],
            }
            for operator, group, count in _groups(result, lambda record: record.operator)
        },
        "equal": _equal(result),
        "survivors": [_survivor(record) for record in result.survivors],
        "false_alarms": [asdict(alarm) for alarm in result.false_alarms],
        "faults": result.faults,
        "_info": {"date": datetime.now(UTC).date().isoformat(), **provenance()},
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _rule(result: Result, rule: str) -> dict[str, Any]:
    profiles = {
        profile: asdict(count)
        | {
            "forms": result.forms[rule, profile],
            "false_alarms": {name: result.alarms(rule, profile, name) for name in CRITERIA},
        }
        for (of, profile), count in result.counts.items()
        if of == rule
    }
    return {"made": result.made[rule], "profiles": profiles}


def _part(record: Record) -> tuple[str, ...]:
    return record.rule, record.dialect, record.kind, record.profile


def _counts(result: Result, key: Callable[[Record], Any]) -> list[tuple[Any, Count]]:
    return [(name, count) for name, _, count in _groups(result, key)]


def _groups(result: Result, key: Callable[[Record], Any]) -> list[tuple[Any, list[Record], Count]]:
    groups = ((name, list(group)) for name, group in groupby(sorted(result.records, key=key), key))
    return [(name, group, Count.of(group)) for name, group in groups]


def _equal(result: Result) -> list[dict[str, str]]:
    """Name what is proved equal, once for all profiles."""
    equal = dict.fromkeys(
        (record.rule, record.dialect, record.kind, record.name)
        for record in result.records
        if record.equivalent == PROVED
    )
    keys = ("rule", "dialect", "kind", "mutant")
    return [dict(zip(keys, names, strict=True)) for names in equal]


def _survivor(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "rule": record.rule,
        "dialect": record.dialect,
        "kind": record.kind,
        "mutant": record.name,
        "operator": record.operator,
        "sentence": record.sentence,
        "profile": record.profile,
        "equivalent": record.equivalent,
        "reach": record.reach,
    }
