"""Syntax trees: changed without a trace in the original, and shown as a person writes them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

Replacement = ast.AST | list[ast.stmt]

MARKS = ("store", "cast", "scalar")
"""Operations that change no value, only where it is rounded."""


def expression(text: str, **parts: ast.expr) -> ast.expr:
    """Parse an expression in which some names stand for others."""
    tree = ast.parse(text, mode="eval").body
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in parts]
    return substituted(tree, {node: parts[node.id] for node in names})


def substituted(tree: Any, replacements: Mapping[ast.AST, Replacement]) -> Any:
    """Copy a tree with some nodes replaced, a statement perhaps by several or by none."""
    lines = [getattr(node, "lineno", 0) for node in replacements]

    def replace(node: ast.AST) -> Replacement | None:
        if node in replacements or not isinstance(node, ast.stmt):
            return replacements.get(node)
        end = node.end_lineno or node.lineno
        return None if any(node.lineno <= line <= end for line in lines) else node

    return mapped(tree, replace)


def mapped(tree: Any, replace: Callable[[ast.AST], Replacement | None]) -> Any:
    """Copy a tree with the outermost nodes replaced for which there is a replacement."""
    found = replace(tree)
    if found is not None:
        return found
    changes: dict[str, Any] = {}
    for name, value in ast.iter_fields(tree):
        if isinstance(value, ast.AST):
            new = mapped(value, replace)
        elif isinstance(value, list):
            new = _list(value, replace)
        else:
            continue
        if new is not value:
            changes[name] = new
    if not changes:
        return tree
    return ast.copy_location(type(tree)(**dict(ast.iter_fields(tree)) | changes), tree)


def _list(nodes: list[Any], replace: Callable[[ast.AST], Replacement | None]) -> list[Any]:
    found: list[Any] = []
    for node in nodes:
        new = mapped(node, replace) if isinstance(node, ast.AST) else node
        found += new if isinstance(new, list) else [new]
    same = len(found) == len(nodes) and all(a is b for a, b in zip(found, nodes, strict=True))
    return nodes if same else found


def operation(node: ast.AST) -> str:
    """The name of the operation of the arithmetic that a call is of; empty if it is none."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="ctx"), attr=name)):
            return name
    return ""


def peeled(node: ast.AST) -> Any:
    """What a mark is put on."""
    while operation(node) in MARKS:
        assert isinstance(node, ast.Call)
        node = node.args[0]
    return node


@lru_cache(maxsize=1 << 14)
def shown(node: ast.AST) -> str:
    """Write an expression without marks."""

    def unmarked(node: ast.AST) -> ast.AST | None:
        return mapped(peeled(node), unmarked) if operation(node) in MARKS else None

    return ast.unparse(mapped(node, unmarked)).replace("ctx.", "")


def names(node: ast.AST) -> Iterator[str]:
    """The names that an expression reads, each once, in order."""
    found = (each.id for each in ast.walk(node) if isinstance(each, ast.Name))
    yield from dict.fromkeys(name for name in found if name != "ctx")
