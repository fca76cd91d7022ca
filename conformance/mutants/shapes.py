"""Vectors and numbers in the text of one group, where only a vector has as many elements as x."""

from __future__ import annotations

import ast

from .change import Change
from .trees import operation

_VECTORS = ("x", "dy", "d", "xhat", "g", "gamma", "beta")


def keeps_shape(change: Change) -> bool:
    """Whether a change puts a vector where there was one; others could not run at all."""
    text = change.text
    if text.is_helper or not (text.is_of_group or "gamma" in text.assigned):
        return True
    return not any(
        isinstance(new, ast.expr) and _is_vector(old) and not _is_vector(new)
        for old, new in change.replacements.items()
    )


def _is_vector(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name):
            return name in _VECTORS
        case ast.Call() if operation(node) in ("fsum", "fdot"):
            return False
        case ast.Attribute() | ast.Call(func=ast.Name(id="len")):
            return False
    return any(_is_vector(child) for child in ast.iter_child_nodes(node))
