"""Wrong functions by editing the text of a right one, as a slip of the pen would."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from goldenrule.reference.catalogue import Function

from .mistake import Transform
from .text import rewritten, texts, written


def edit(*alternatives: dict[str, str]) -> Transform:
    """Replace expressions by others: of the alternatives the first whose expressions all occur.

    An expression that stands for itself is left alone, and need not occur. All that a function
    calls is part of its text.
    """
    wanted = [
        [_as_written(old) for old, new in each.items() if old != new] for each in alternatives
    ]

    def transform(function: Function) -> Function | None:
        parts = texts(function)
        for changes, olds in zip(alternatives, wanted, strict=True):
            if all(any(old in written(part) for part in parts) for old in olds):
                if wrong := rewritten(function, _Replacing(changes).rewrite, *parts):
                    return wrong
        return None

    return transform


def occurs(*expressions: str) -> Callable[[Function], bool]:
    """Tell whether one of the expressions occurs in a function's text."""
    alternatives = [{expression: f"({expression}, 0)"} for expression in expressions]
    return lambda function: edit(*alternatives)(function) is not None


def stale(name: str) -> Transform:
    """Read the value of a state from before the step wherever the new one should be read."""
    return lambda function: rewritten(function, _Staling(name).rewrite)


def flipped_update(function: Function) -> Function | None:
    """Add to the parameter what should be subtracted, or the other way round; not its decay."""
    return rewritten(function, _flip)


class _Replacing(ast.NodeTransformer):
    def __init__(self, changes: dict[str, str]) -> None:
        self.changes = {_key(_parsed(old)): _parsed(new) for old, new in changes.items()}
        self.types = {type(_parsed(old)) for old in changes}
        self.missing = {_key(_parsed(old)) for old, new in changes.items() if old != new}

    def rewrite(self, definition: ast.FunctionDef) -> bool:
        definition.body = [self.visit(statement) for statement in definition.body]
        return not self.missing

    def visit(self, node: ast.AST) -> Any:
        key = _key(node) if type(node) in self.types else None
        if key not in self.changes:
            return self.generic_visit(node)
        self.missing.discard(key)
        return self.changes[key]


class _Staling:
    """Give the new value a name of its own, that only the return statement knows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found = False
        self.reading = _Replacing({name: f"{name}_new"})

    def rewrite(self, definition: ast.FunctionDef) -> bool:
        self.body(definition.body)
        definition.body.insert(0, ast.parse(f"{self.name}_new = {self.name}").body[0])
        return self.found

    def body(self, statements: list[ast.stmt]) -> None:
        assigned = False
        for statement in statements:
            if isinstance(statement, ast.If):
                self.body(statement.body)
                self.body(statement.orelse)
            elif isinstance(statement, ast.Return):
                self.reading.visit(statement)
            elif isinstance(statement, ast.Assign):
                names = [target for target in statement.targets if isinstance(target, ast.Name)]
                for target in names:
                    if target.id == self.name:
                        if assigned:  # an assignment in two statements
                            self.reading.visit(statement)
                        target.id = f"{self.name}_new"
                        assigned = self.found = True


def _flip(definition: ast.FunctionDef) -> bool:
    found = False
    for node in ast.walk(definition):
        match node:
            case ast.Assign(targets=[ast.Name(id="theta")], value=value):
                while isinstance(value, ast.Call):  # a store
                    value = value.args[0]
                match value:
                    case ast.BinOp(left=ast.Name(id="theta"), op=ast.Add() | ast.Sub()):
                        if "weight_decay" not in ast.unparse(value.right):
                            value.op = ast.Sub() if isinstance(value.op, ast.Add) else ast.Add()
                            found = True
    return found


def _as_written(text: str) -> str:
    """An expression as it stands in a written text."""
    return ast.unparse(_parsed(text))


def _parsed(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _key(node: ast.AST) -> str:
    return ast.dump(node)
