"""What `goldenrule score` and `goldenrule fuzz` measured, as parts of pages.

The numbers come from the files in `measured/`, which commands wrote.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from goldenrule.spec.catalogue import rules

from . import fairness_section, score_section

MEASURED = Path(__file__).parents[1] / "measured"

Document = Mapping[str, Any]
Part = Callable[[str], str]


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


def _part(name: str, file: str, render: Callable[[Document], Iterator[str]]) -> Part:
    def part(argument: str) -> str:
        if argument:
            raise ValueError(f"the part {name!r} takes no argument")
        return "\n".join(render(document(file)))

    part.__name__ = name
    part.__doc__ = render.__doc__
    return part


_whole = _part("score", "score.json", score_section.score)
_totals = _part("score totals", "score.json", score_section.totals)
operators = _part("operators", "score.json", score_section.operators)
survivors = _part("survivors", "score.json", score_section.survivors)
proved = _part("proved", "score.json", score_section.proved)
fairness = _part("fairness", "fuzz.json", fairness_section.fairness)
slack = _part("slack", "fuzz.json", fairness_section.slack)


def score(argument: str) -> str:
    """Write what is killed, by rule and profile, or by profile alone with `totals`."""
    return _totals("") if argument == "totals" else _whole(argument)
