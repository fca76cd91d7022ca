"""The parts that only the site shows, by name: each makes Markdown of its argument.

They raise ValueError where the argument is wrong.
"""

from __future__ import annotations

from collections.abc import Callable

from . import command_line, errata, family, listing, measured_sections, profiles_section
from .figures import catalogue
from .scoreboard import scoreboard

PARTS: dict[str, Callable[[str], str]] = {
    "rules": family.rules_of,
    "partitions": family.partitions,
    "figure": catalogue.markdown,
    "file": listing.listing,
    "cli": command_line.cli,
    "errata": errata.errata,
    "profiles": profiles_section.profiles,
    "scoreboard": scoreboard,
    "score": measured_sections.score,
    "operators": measured_sections.operators,
    "survivors": measured_sections.survivors,
    "proved": measured_sections.proved,
    "fairness": measured_sections.fairness,
    "slack": measured_sections.slack,
}
