"""Comparing a score with one that was stored: it may not become lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .result import Result

Document = Mapping[str, Any]


def losses(result: Result, stored: Document) -> Iterator[str]:
    """Say what a stored score has that a new one, perhaps of fewer rules, has lost."""
    for rule, made in result.made.items():
        before = stored["rules"].get(rule, {}).get("made", 0)
        if made < before:
            yield f"{rule}: {made} mutants are made, there were {before}"
    known = {survivor["id"] for survivor in stored["survivors"]}
    for record in result.survivors:
        if record.id not in known:
            yield f"survives, and did not before: {record.id}"
