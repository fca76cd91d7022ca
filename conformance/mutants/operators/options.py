"""An option is ignored, or a condition is another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Statements, Text
from ..trees import shown


def option_ignored(text: Text) -> Iterator[Change]:
    """Compute as if an option were not given, or a branch did not exist."""
    for statement in _branches(text.body):
        match statement.test:
            case ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()]):
                yield _taken(text, statement, statement.orelse, f"{name} is ignored", name)
            case ast.Compare(left=ast.Name(id=name), ops=[ast.Is()]):
                yield _taken(text, statement, statement.body, f"{name} is ignored", name)
            case test:
                for body, holds in ((statement.orelse, "never"), (statement.body, "always")):
                    said = f"it is as if {shown(test)} {holds} held"
                    yield _taken(text, statement, body, said, *_names(test))
    for place in text.places:
        match place.node:
            case ast.IfExp(test=ast.Compare(left=ast.Name(id=name), ops=[ast.Is()]), body=body):
                yield at(text, place, "option-ignored", body, f"{name} is ignored")


def condition_changed(text: Text) -> Iterator[Change]:
    """Take the other branch, or compare with another number."""
    for statement in _branches(text.body):
        match statement.test:
            case ast.Compare(
                left=left, ops=[ast.Eq()], comparators=[ast.Constant(value=int() as value)]
            ):
                others = (
                    ast.Compare(left, [ast.NotEq()], statement.test.comparators),
                    *(
                        ast.Compare(left, [ast.Eq()], [ast.Constant(x)])
                        for x in (value - 1, value + 1)
                    ),
                )
                for new in others:
                    old, changed = shown(statement.test), shown(new)
                    yield Change(
                        text,
                        "condition-changed",
                        {statement.test: new},
                        f"if {old} -> if {changed}",
                        f"the condition {old} is {changed}",
                        _names(left),
                    )


def _taken(text: Text, statement: ast.If, body: Statements, sentence: str, *symbols: str) -> Change:
    name = f"if {shown(statement.test)} -> {'always' if body is statement.body else 'never'}"
    return Change(text, "option-ignored", {statement: body}, name, sentence, symbols)


def _branches(statements: Statements) -> Iterator[ast.If]:
    for statement in statements:
        if isinstance(statement, ast.If):
            yield statement
            yield from _branches(statement.body)
            yield from _branches(statement.orelse)


def _names(node: ast.AST) -> tuple[str, ...]:
    return tuple(each.id for each in ast.walk(node) if isinstance(each, ast.Name))
