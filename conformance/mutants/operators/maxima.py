"""A maximum is missing, is a minimum, or is of something else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, operation, shown


def maximum_dropped(text: Text) -> Iterator[Change]:
    """Keep one of two numbers, whichever is larger; or the smaller; or their sum."""
    for place in text.places:
        match place.node:
            case ast.Call(args=[a, b]) if operation(place.node) == "max":
                for one, other in ((b, a), (a, b)):
                    if not isinstance(one, ast.Constant):
                        said = (
                            f"{shown(one)} stands in place of the larger of it and {shown(other)}"
                        )
                        yield at(text, place, "maximum-dropped", one, said)
                new = expression("-ctx.max(-a, -b)", a=a, b=b)
                said = f"the smaller of {shown(a)} and {shown(b)} is taken, not the larger"
                yield at(text, place, "maximum-changed", new, said)
                if not isinstance(b, ast.Constant):
                    new = expression("a + b", a=a, b=b)
                    said = f"{shown(a)} and {shown(b)} are added; the larger is not taken"
                    yield at(text, place, "maximum-changed", new, said)
