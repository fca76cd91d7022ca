"""Something else stands beyond the border of an image."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Place, Text
from ..trees import expression, shown

_BORDERS = {
    "nothing": ("zeros stand", "lambda j, n: j if 0 <= j < n else None"),
    "mirrored": (
        "the mirror image stands",
        "lambda j, n: min(j % max(2 * n - 2, 1), -j % max(2 * n - 2, 1))",
    ),
    "repeated": (
        "the mirror image stands, with the outermost element twice,",
        "lambda j, n: min(j % (2 * n), (-j - 1) % (2 * n))",
    ),
    "nearest": ("the outermost element stands", "lambda j, n: min(max(j, 0), n - 1)"),
    "wrapped": ("the image stands again", "lambda j, n: j % n"),
}


def border_exchanged(text: Text) -> Iterator[Change]:
    """Extend the image in another way."""
    for place in text.places:
        if isinstance(place.node, ast.Name) and place.node.id in _BORDERS:
            for name, (what, new) in _BORDERS.items():
                if name != place.node.id:
                    edit = f"{place.node.id} -> {name}"
                    yield _extended(text, place, expression(new), what, edit)
        match place.node:
            case ast.Call(func=ast.Name(id="slide") as slide, args=args) if len(args) == 6:
                if "(0, 0)" in shown(place.node):
                    continue
                for name, (what, new) in _BORDERS.items():
                    if name != "nothing":
                        call = ast.Call(slide, [*args, expression(new)], [])
                        yield _extended(text, place, call, what, f"nothing -> {name}")


def _extended(text: Text, place: Place, new: ast.expr, what: str, edit: str) -> Change:
    return at(text, place, "border-exchanged", new, f"{what} beyond the border", edit)
