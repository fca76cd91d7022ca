"""What is kept of the report of `goldenrule fuzz`: sums by backend and profile, slack bounds."""

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]

KEPT = ("seed", "seconds", "elements", "subjects", "profiles", "not_judged", "_info")


def compact(report: Document) -> Document:
    """Keep what is shown.

    Raises ValueError for a report of another version, and for one with violations or problems.
    """
    version = str(report.get("version"))
    if version.split(".")[0] != "1":
        raise ValueError(f"a report of version {version}; 1 is needed")
    if report["exit_code"]:
        raise ValueError(f"a run with exit code {report['exit_code']}")
    return {"version": version, "exit_code": 0, **{name: report[name] for name in KEPT}} | {
        "not_reached": len(report["not_reached"]),
        "rows": [row for row in report["rows"] if row["slack"]],
    }
