"""What is kept of the report of `goldenrule verify`: a line for every declaration.

The worst errors are those of accepted cases; a case that deviates stands beside them, with its own.
`octaves` counts the accepted cases by their worst error as a fraction of the bound: at `k`, those
between 2^-(k+1)/2 and 2^-k/2; at `exact`, those without any error.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import floor, log2
from typing import Any

Document = Mapping[str, Any]

VERSION = "1.0"
REPORT = "1.3"
"""The first version of the report that says when and with which releases it was made."""
DECLARED = ("backend", "rule", "dialect", "computes", "profile", "verdict", "reason")
OBJECT = ("backend", "rule", "dialect", "profile", "implementations", "verdict", "reason")


def compact(report: Document) -> Document:
    """Keep what is shown.

    Raises ValueError for a report of another version, and for one of which a part was not checked.
    """
    version = str(report.get("version"))
    if version.split(".")[0] != "1" or "run" not in report:
        raise ValueError(f"a report of version {version}; {REPORT} or later in 1 is needed")
    if report["problems"]:
        first = report["problems"][0]
        raise ValueError(f"{first['subject']}: {first['message']}")
    return {
        "version": VERSION,
        "report": version,
        "exit_code": report["exit_code"],
        "run": report["run"],
        "entries": [_entry(entry) for entry in report["entries"]],
        "objects": [_object(item) for item in report["objects"]],
    }


def octave(fraction: float) -> str:
    """Name the bin of a fraction of the bound: half octaves down from 1.

    >>> octave(0.0), octave(1.0), octave(0.8), octave(0.3)
    ('exact', '0', '0', '3')
    """
    return str(floor(-2 * log2(fraction))) if fraction else "exact"


def _entry(entry: Document) -> Document:
    accepted = [case for case in entry["cases"] if case["status"] == "passed"]
    fractions = [x for case in accepted if (x := case["worst_error_over_bound"]) is not None]
    return {name: entry[name] for name in DECLARED} | {
        "cases": dict(Counter(case["status"] for case in entry["cases"])),
        "worst_ulp": _worst(case["worst_ulp"] for case in accepted),
        "worst_error_over_bound": _worst(iter(fractions)),
        "octaves": dict(Counter(map(octave, fractions))),
        "not_returned": sorted({name for case in accepted for name in case["not_returned"]}),
        "deviations": [_deviation(case) for case in entry["cases"] if _deviates(case)],
    }


def _deviates(case: Document) -> bool:
    return case["status"] not in ("passed", "not applicable", "not run")


def _deviation(case: Document) -> Document:
    failure = case["failure"] or {"output": "", "message": ""}
    return {
        "case": case["id"],
        "status": case["status"],
        "reason": case["reason"],
        "output": failure["output"],
        "message": failure["message"],
        "worst_ulp": _short(case["worst_ulp"]),
        "worst_error_over_bound": _short(case["worst_error_over_bound"]),
    }


def _object(item: Document) -> Document:
    return {name: item[name] for name in OBJECT} | {
        "properties": dict(Counter(one["status"] for one in item["properties"])),
        "deviations": [
            {
                "property": one["name"],
                "id": one["id"],
                "status": one["status"],
                "reason": one["reason"],
                "failing": one["failing"],
            }
            for one in item["properties"]
            if one["status"] not in ("holds", "not applicable", "not run")
        ],
    }


def _worst(numbers: Iterator[float | None]) -> float:
    return _short(max((number for number in numbers if number is not None), default=0.0))


def _short(value: Any) -> Any:
    """Keep six digits, which is more than is shown."""
    return float(f"{value:.6g}") if isinstance(value, float) else value
