"""The scoreboard: what a stored run of `goldenrule verify` found, in Markdown."""

from collections.abc import Callable, Iterator

from .about import about, implementations, spread
from .details import details
from .deviations import deviations
from .functions import functions
from .matrix import matrix
from .objects import properties
from .run import Run, stored

PARTS: dict[str, Callable[[Run], Iterator[str]]] = {
    "run": about,
    "spread": spread,
    "implementations": implementations,
    "matrix": matrix,
    "functions": functions,
    "deviations": deviations,
    "properties": properties,
}
"""The parts of the scoreboard that take no further argument."""


def scoreboard(argument: str) -> str:
    """Write a part of the scoreboard: one of PARTS, or `rules` and a family.

    Raises ValueError if there is no such part.
    """
    name, _, rest = argument.partition(" ")
    if name == "rules":
        return "\n".join(details(stored(), rest.strip()))
    if name not in PARTS or rest:
        known = ", ".join((*PARTS, "rules FAMILY"))
        raise ValueError(f"the scoreboard has no part {argument!r}; parts: {known}")
    return "\n".join(PARTS[name](stored()))
