"""eps is in the wrong place, or is not eps."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, operation, peeled, shown, substituted
from .throughout import everywhere


def eps_moved(text: Text) -> Iterator[Change]:
    """Put eps under the root or over it, to the other side of a division, or make it a floor."""
    for place in text.places:
        match place.node:
            case ast.BinOp(op=ast.Add(), left=left, right=right) if _is_eps(right):
                yield at(
                    text,
                    place,
                    "eps-moved",
                    expression("ctx.max(x, e)", x=left, e=right),
                    f"{shown(left)} is kept above eps; eps is not added",
                )
                if operation(root := peeled(left)) == "sqrt":
                    inside = substituted(
                        left, {root.args[0]: expression("x + e", x=root.args[0], e=right)}
                    )
                    yield at(text, place, "eps-moved", inside, "eps is inside the root")
                    floor = substituted(
                        left, {root.args[0]: expression("ctx.max(x, e)", x=root.args[0], e=right)}
                    )
                    said = "the root's argument is kept above eps; eps is not added"
                    yield at(text, place, "eps-moved", floor, said)
            case ast.Call(args=[inside]) if operation(place.node) == "sqrt":
                match peeled(inside):
                    case ast.BinOp(op=ast.Add(), left=left, right=right) if _is_eps(right):
                        new = expression("ctx.sqrt(x) + e", x=left, e=right)
                        yield at(text, place, "eps-moved", new, "eps is outside the root")
                        new = expression("r + e", r=place.node, e=right)
                        said = "eps is added twice, inside the root and outside"
                        yield at(text, place, "eps-moved", new, said)
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                match peeled(right):
                    case ast.BinOp(op=ast.Add(), left=root, right=eps) if _is_eps(eps):
                        new = expression("a / b + e", a=left, b=root, e=eps)
                        said = "eps is added to the quotient, not to the divisor"
                        yield at(text, place, "eps-moved", new, said)
                        new = expression("(a + e) / b", a=left, b=root, e=eps)
                        said = "eps is added to the dividend, not to the divisor"
                        yield at(text, place, "eps-moved", new, said)


def eps_replaced(text: Text) -> Iterator[Change]:
    """Square eps, take its root, or forget it."""
    if "eps" not in text.parameters:
        return
    others = (
        ("0", "eps is ignored"),
        ("eps * eps", "eps is squared"),
        ("ctx.sqrt(eps)", "the root of eps is added"),
        ("2 * eps", "eps is added twice"),
    )
    for new, said in others:
        yield from everywhere(text, "eps-replaced", "eps", expression(new), said)


def _is_eps(node: ast.expr) -> bool:
    return "eps" in {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
