"""A term of a sum is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import shown


def term_dropped(text: Text) -> Iterator[Change]:
    """Leave out one side of a sum or of a difference."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                rest = right if isinstance(op, ast.Add) else ast.UnaryOp(ast.USub(), right)
                for missing, new in ((right, left), (left, rest)):
                    if not _is_sum(missing):
                        said = f"the term {shown(missing)} is missing"
                        yield at(text, place, "term-dropped", new, said)


def _is_sum(node: ast.expr) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
