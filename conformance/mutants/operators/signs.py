"""A sign is wrong."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Place, Text
from ..trees import peeled, shown


def sign_flipped(text: Text) -> Iterator[Change]:
    """Add what should be subtracted, subtract what should be added, lose a minus."""
    for place in text.places:
        match place.node:
            case ast.BinOp() | ast.UnaryOp() if _is_of_axes(place):
                continue
            case ast.BinOp(left=left, op=ast.Sub(), right=right):
                new = ast.BinOp(left, ast.Add(), right)
                said = f"{shown(right)} is added, not subtracted"
                yield at(text, place, "sign-flipped", new, _moved(place) or said)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                new = ast.BinOp(left, ast.Sub(), right)
                said = f"{shown(right)} is subtracted, not added"
                yield at(text, place, "sign-flipped", new, _moved(place) or said)
                new = ast.BinOp(right, ast.Sub(), left)
                yield at(
                    text, place, "sign-flipped", new, f"{shown(left)} is subtracted, not added"
                )
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                said = f"the minus of {shown(place.node)} is missing"
                yield at(text, place, "sign-flipped", operand, said)


def _is_of_axes(place: Place) -> bool:
    """Whether a number counts axes."""
    return shown(place.node) == "-1" or shown(place.node).endswith("ndim - 2")


def _moved(place: Place) -> str | None:
    """The update of the parameter is a case that people speak of."""
    match peeled(place.node):
        case ast.BinOp(left=ast.Name(id="theta"), right=right) if place.target == "theta":
            if "weight_decay" not in shown(right):
                return "theta is moved the wrong way"
    return None
