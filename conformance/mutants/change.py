"""A change of a text, named by the edit itself."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .text import Place, Text
from .trees import Replacement, names, operation, shown, substituted


@dataclass(frozen=True, eq=False)
class Change:
    """New nodes for old ones in a text; the kind of slip, its name and a sentence for it."""

    text: Text
    operator: str
    replacements: Mapping[ast.AST, Replacement]
    name: str
    sentence: str
    symbols: tuple[str, ...]

    @cached_property
    def definition(self) -> ast.FunctionDef:
        """The changed definition."""
        return substituted(self.text.definition, self.replacements)


def at(
    text: Text,
    place: Place,
    operator: str,
    new: ast.expr,
    said: str | None = None,
    edit: str | None = None,
) -> Change:
    """Put another expression in a place.

    What is said leaves out where; the edit is written as `old -> new` if that is too long to read.
    """
    target = place.target
    if text.is_helper:
        parts = dict.fromkeys((text.definition.name, target))
        target = ": ".join(part.strip("_") for part in parts if part)
    touched = {*names(place.node), *names(new), *place.target.split(", ")}
    return Change(
        text,
        operator,
        {place.node: new},
        f"{target}: {edit or _written(place, new)}",
        _sentence(text, target, said or f"{shown(place.node)} is replaced by {shown(new)}"),
        tuple(x for x in text.parameters if x in touched and x != "at"),
    )


def _written(place: Place, new: ast.expr) -> str:
    """The edit, with as much around it as tells where it is."""
    match place.parent:
        case ast.Call(func=callee, args=[_, _, *_] as args) if not operation(place.parent):
            if place.node in args and isinstance(place.node, ast.Name):
                return f"{shown(place.node)} in {shown(callee).strip('_')} -> {shown(new)}"
    old = place.node
    written, edited = shown(old), shown(new)
    for parent in place.parents:
        if not isinstance(parent, ast.expr) or _is_clear(old, written, place):
            break
        old, written = parent, shown(parent)
        edited = shown(substituted(parent, {place.node: new}))
    return f"{written} -> {edited}"


def _sentence(text: Text, target: str, said: str) -> str:
    """Say where a slip is, unless that is said already."""
    where, *_ = target.split(": ")
    if said.startswith(f"{target} ") or (where == text.definition.name and not text.is_helper):
        return said
    return f"in {'the window' if where == 'at' else where}, {said}"


def _is_clear(node: ast.AST, written: str, place: Place) -> bool:
    """Whether an expression says by itself where it stands: it occurs once, and is no atom."""
    if isinstance(node, ast.Name | ast.Constant):
        return False
    return shown(place.statement).count(written) == 1
