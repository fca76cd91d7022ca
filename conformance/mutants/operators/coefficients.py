"""A coefficient is 1, 0, or what is left of 1."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, shown

DECAYS = ("beta", "beta1", "beta2", "rho", "dampening", "momentum")


def complement(text: Text) -> Iterator[Change]:
    """Weigh by 1 - x where x should, and the other way round."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub(), right=right):
                said = f"{shown(right)} stands in place of 1 - {shown(right)}"
                yield at(text, place, "complement", right, said)
            case ast.Name(id=name) if name in DECAYS and name in text.hyper:
                said = f"1 - {name} stands in place of {name}"
                yield at(text, place, "complement", expression(f"1 - {name}"), said)


def coefficient_replaced(text: Text) -> Iterator[Change]:
    """Put 1 or 0 in place of a hyper-parameter, or of what is left of 1."""
    for place in text.places:
        if isinstance(place.parent, ast.BinOp) and isinstance(place.parent.op, ast.Pow):
            continue
        match place.node:
            case ast.Name(id=name) if name in text.hyper and name != "eps":
                pass
            case ast.BinOp(left=ast.Constant(value=1), op=ast.Sub() | ast.Add()):
                pass
            case _:
                continue
        for number in (1, 0):
            said = f"{number} stands in place of {shown(place.node)}"
            yield at(text, place, "coefficient-replaced", ast.Constant(number), said)
