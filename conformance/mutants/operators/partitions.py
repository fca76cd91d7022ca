"""Groups of other elements, and parameters of others."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, shown

_GROUPS = {
    "shape[1:2]": {"shape[:2]": "i[:2]", "shape[:1]": "i[:1]"},
    "shape[:2]": {"shape[1:2]": "i[1:2]", "shape[:1]": "i[:1]"},
    "shape[:axis]": {"shape[:axis - 1]": "i[:axis - 1]", "shape[:axis + 1]": "i[:axis + 1]"},
}
"""Of groups that are counted in a shape, what else might count them."""
_CHANNELS = ("i[1] // size", "i[1] % groups")


def grouped_otherwise(text: Text) -> Iterator[Change]:
    """Put other elements into a group: of all samples or of one, neighbours or congruent."""
    for place in text.places:
        match place.node:
            case ast.Call(func=ast.Name(id="_partition") as func, args=[shape, groups, _, *rest]):
                for other, index in _GROUPS.get(shown(groups), {}).items():
                    which = expression(f"lambda i: {index}")
                    new = ast.Call(func, [shape, expression(other), which, *rest], [])
                    said = f"the groups are counted in {other}, not in {shown(groups)}"
                    edit = f"groups {shown(groups)} -> {other}"
                    yield at(text, place, "grouped-otherwise", new, said, edit)
            case ast.BinOp() if shown(place.node) in _CHANNELS and "group" in place.target:
                for other in ("i[1] // (shape[1] // groups)", "i[1] % groups"):
                    said = "other channels make a group"
                    yield at(text, place, "grouped-otherwise", expression(other), said)


def parameter_misplaced(text: Text) -> Iterator[Change]:
    """Read the parameters of a group in the opposite order."""
    for place in text.places:
        match place.node:
            case ast.Call(func=ast.Name(id="_partition"), args=[*_, shape, ast.Lambda() as which]):
                inside = which.body
                if isinstance(inside, ast.Subscript):
                    new = expression("tuple(n - 1 - k for n, k in zip(s, i))", s=shape, i=inside)
                    changed = ast.Lambda(which.args, new)
                    replaced = ast.Call(place.node.func, [*place.node.args[:-1], changed], [])
                    said = "gamma and beta are read in the opposite order"
                    edit = "parameters -> reversed"
                    yield at(text, place, "parameter-misplaced", replaced, said, edit)
