"""The step count is off by one."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression
from .throughout import everywhere


def count_shifted(text: Text) -> Iterator[Change]:
    """Count steps from 0 or from 2, or not at all: in one place, and everywhere."""
    if "t" not in text.parameters:
        return
    others = (
        ("t - 1", "the step count t starts at 0, not at 1"),
        ("t + 1", "the step count t starts at 2, not at 1"),
        ("1", "the step count t stays at 1"),
    )
    for new, said in others:
        yield from everywhere(text, "count-shifted", "t", expression(new), said)
    for place in text.places:
        if isinstance(place.node, ast.Name) and place.node.id == "t":
            for new, _ in others:
                yield at(text, place, "count-shifted", expression(new))
