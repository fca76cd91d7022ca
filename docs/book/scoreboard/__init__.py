"""The scoreboard: what a stored run of `goldenrule verify` found, in Markdown."""

from collections.abc import Callable, Iterator

from ..parts.arguments import chosen
from .about import about, implementations, spread
from .details import details
from .deviations import deviations
from .functions import functions
from .matrix import matrix
from .objects import properties
from .run import Run, stored

SECTIONS: dict[str, Callable[[Run], Iterator[str]]] = {
    "run": about,
    "spread": spread,
    "implementations": implementations,
    "matrix": matrix,
    "functions": functions,
    "deviations": deviations,
    "properties": properties,
}
"""The sections of the scoreboard that take no further argument."""


def scoreboard(argument: str) -> str:
    """Write a section of the scoreboard: one of SECTIONS, or `rules` and a family.

    Raises ValueError if there is no such section.
    """
    name, _, rest = argument.partition(" ")
    if name == "rules":
        return "\n".join(details(stored(), rest))
    return "\n".join(chosen(SECTIONS, "section", argument)(stored()))
