"""The parts that only the site shows, by name: each makes Markdown of its argument.

They raise ValueError where the argument is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from ..figures.catalogue import markdown as figure
from ..scoreboard import scoreboard
from . import fairness, score
from .command_line import cli
from .errata import errata
from .families import partitions, rules_of
from .listing import listing
from .measured import FUZZ, SCORE, measured
from .profiles import profiles

PARTS: dict[str, Callable[[str], str]] = {
    "rules": rules_of,
    "partitions": partitions,
    "figure": figure,
    "file": listing,
    "cli": cli,
    "errata": errata,
    "profiles": profiles,
    "scoreboard": scoreboard,
    "score": measured(SCORE, {"": score.score, "totals": score.totals}),
    "operators": measured(SCORE, {"": score.operators}),
    "survivors": measured(SCORE, {"": score.survivors}),
    "proved": measured(SCORE, {"": score.proved}),
    "fairness": measured(FUZZ, {"": fairness.fairness}),
    "slack": measured(FUZZ, {"": fairness.slack}),
}
