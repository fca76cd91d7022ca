"""A factor or a divisor is forgotten, or one is taken for the other."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, operation, peeled, shown

COUNTS = ("n", "len(x)", "len(channel)")
"""What the sum over a group is divided by."""


def factor_dropped(text: Text) -> Iterator[Change]:
    """Leave out a factor of a product, or what is divided."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=ast.List(), op=ast.Mult()):
                continue
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                for missing, new in ((left, right), (right, left)):
                    if not _is_product(missing):
                        said = f"the factor {shown(missing)} is missing"
                        yield at(text, place, "factor-dropped", new, said)
            case ast.BinOp(left=left, op=ast.Div(), right=right) if not _is_product(left):
                new = expression("1 / b", b=right)
                yield at(text, place, "factor-dropped", new, f"1 stands in place of {shown(left)}")


def divisor_dropped(text: Text) -> Iterator[Change]:
    """Leave out a division; of a sum by its length it makes a mean."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv(), right=right):
                said = f"{shown(left)} is not divided by {shown(right)}"
                kind = "divisor-dropped"
                if shown(right) in COUNTS and operation(peeled(left)) in ("fsum", "fdot"):
                    kind, said = "sum-for-mean", f"{shown(left)} is a sum, not a mean"
                yield at(text, place, kind, left, said)


def reciprocal(text: Text) -> Iterator[Change]:
    """Multiply by what should divide, divide by what should multiply, or divide upside down."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                said = f"{shown(left)} is multiplied by {shown(right)}, not divided"
                yield at(text, place, "reciprocal", expression("a * b", a=left, b=right), said)
                said = f"{shown(right)} is divided by {shown(left)}, not the other way round"
                yield at(text, place, "reciprocal", expression("b / a", a=left, b=right), said)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                for a, b in ((left, right), (right, left)):
                    if isinstance(b, ast.Name) and b.id in text.hyper:
                        said = f"{shown(a)} is divided by {b.id}, not multiplied"
                        yield at(text, place, "reciprocal", expression("a / b", a=a, b=b), said)


def _is_product(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)
