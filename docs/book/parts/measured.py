"""Parts that show what `goldenrule score` and `goldenrule fuzz` measured, and stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from goldenrule.spec.catalogue import rules

from .arguments import chosen

MEASURED = Path(__file__).parents[2] / "measured"
SCORE, FUZZ = "score.json", "fuzz.json"

Document = Mapping[str, Any]
Sections = Mapping[str, Callable[[Document], Iterator[str]]]


def document(name: str) -> Document:
    """Read what a command stored.

    Raises ValueError where it speaks of a rule that the specification does not have.
    """
    found = json.loads((MEASURED / name).read_text(encoding="utf-8"))
    named = [*found.get("rules", ()), *(row["rule"] for row in found.get("rows", ()))]
    for rule in named:
        if rule not in rules():
            raise ValueError(f"{name}: unknown rule {rule}; run the command again and store it")
    return found


def measured(file: str, sections: Sections) -> Callable[[str], str]:
    """Make a part of sections of a stored document: its argument says which, by these names."""

    def part(argument: str) -> str:
        return "\n".join(chosen(sections, "section", argument)(document(file)))

    return part
