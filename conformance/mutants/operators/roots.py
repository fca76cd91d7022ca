"""A root or a square is missing, or is one too many."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, operation, peeled, shown

_SQUARED = ("g", "delta", "x", "d")


def root_dropped(text: Text) -> Iterator[Change]:
    """Leave out a root."""
    for place in text.places:
        if operation(place.node) == "sqrt" and isinstance(place.node, ast.Call):
            inside = place.node.args[0]
            yield at(text, place, "root-dropped", inside, f"the root of {shown(inside)} is missing")


def root_added(text: Text) -> Iterator[Change]:
    """Take a root twice, or of what divides."""
    for place in text.places:
        match place.node:
            case ast.Call() if operation(place.node) == "sqrt":
                said = f"{shown(place.node)} has its root taken again"
            case ast.BinOp(op=ast.Sub(), left=ast.Constant(value=1)):
                said = f"the root of {shown(place.node)} stands in its place"
            case _:
                continue
        new = expression("ctx.sqrt(x)", x=place.node)
        yield at(text, place, "root-added", new, said)


def square_added(text: Text) -> Iterator[Change]:
    """Square a coefficient, or what is averaged as it is."""
    for place in text.places:
        match place.node:
            case ast.BinOp(op=ast.Mult(), left=left, right=right):
                if ast.dump(left) == ast.dump(right):
                    continue
                for one, other in ((left, right), (right, left)):
                    match peeled(one):
                        case ast.Name(id=name) if name in text.hyper or name in _SQUARED:
                            new = expression("x * x * y", x=one, y=other)
                            yield at(text, place, "square-added", new, f"{name} is squared")


def power_changed(text: Text) -> Iterator[Change]:
    """Raise to a power that is one too low or too high."""
    for place in text.places:
        match place.node:
            case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=int() as power)):
                for other in (power - 1, power + 1):
                    new = ast.BinOp(left, ast.Pow(), ast.Constant(other))
                    said = f"{shown(left)} has the power {other}, not {power}"
                    yield at(text, place, "power-changed", new, said)
            case ast.BinOp(op=ast.Mult(), left=left, right=right):
                if ast.dump(left) == ast.dump(right):
                    new = expression("ctx.max(x, -x)", x=left)
                    said = f"the absolute value of {shown(left)} stands for its square"
                    yield at(text, place, "power-changed", new, said)
