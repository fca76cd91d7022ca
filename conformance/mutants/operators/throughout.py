"""Changes of a symbol wherever it is read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change
from ..text import Text
from ..trees import Replacement, operation, shown


def everywhere(
    text: Text, operator: str, symbol: str, new: ast.expr, sentence: str
) -> Iterator[Change]:
    """Compute with something else wherever a symbol is read that nothing is assigned to."""
    reads = reads_of(text, symbol)
    if not _is_passed_on(text, symbol) and reads and symbol not in text.assigned:
        name = f"{symbol} -> {shown(new)} throughout"
        yield Change(text, operator, dict.fromkeys(reads, new), name, sentence, (symbol,))


def exchanged(text: Text, operator: str, a: str, b: str, sentence: str) -> Iterator[Change]:
    """Read one symbol where the other is read, and the other way round."""
    nodes: dict[ast.AST, Replacement] = {}
    for old, new in ((a, b), (b, a)):
        nodes |= dict.fromkeys(reads_of(text, old), ast.Name(new, ast.Load()))
    if reads_of(text, a) and reads_of(text, b):
        yield Change(text, operator, nodes, f"{a} <-> {b} throughout", sentence, (a, b))


def reads_of(text: Text, symbol: str) -> list[ast.AST]:
    """Every place where a symbol is read."""
    nodes = (place.node for place in text.places)
    return [node for node in nodes if isinstance(node, ast.Name) and node.id == symbol]


def _is_passed_on(text: Text, symbol: str) -> bool:
    """Whether a symbol is only handed to a function that does compute with it."""
    parents = [
        x.parent for x in text.places if isinstance(x.node, ast.Name) and x.node.id == symbol
    ]
    return all(isinstance(x, ast.Call) and not operation(x) for x in parents)
