"""The text of a reference function, with all that it calls: read, rewritten, compiled again.

A form of a layer may be a partial: a dialect whose open parts are filled by other functions.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial, update_wrapper
from types import CodeType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function

Rewrite = Callable[[ast.FunctionDef], bool]
"""Change a definition in place, and tell whether everything to be changed has been found."""

_REFERENCE = "goldenrule.reference."


@cache
def texts(function: Function) -> tuple[Function, ...]:
    """A function, or a dialect with its parts, and all of the reference that they call."""
    found: dict[Function, None] = {}
    left = [*reversed(_pieces(function))]
    while left:
        caller = left.pop()
        if caller not in found:
            found[caller] = None
            left += _called(caller)
    return tuple(found)


def rewritten(function: Function, rewrite: Rewrite, *others: Function) -> Function | None:
    """Compile a function, and others that it calls, from their rewritten texts.

    None if there is nothing to rewrite.
    """
    trees = {
        each: ast.parse(_source(each)) for each in dict.fromkeys((*_pieces(function), *others))
    }
    complete = False
    for tree in trees.values():
        definition = tree.body[0]
        assert isinstance(definition, ast.FunctionDef)
        complete = rewrite(definition)
    if not complete:
        return None
    scopes = {each: _compiled(each, tree) for each, tree in trees.items()}
    changed = {each: scope[each.__name__] for each, scope in scopes.items()}
    for scope in scopes.values():
        scope.update(_changed(scope, changed))
    return _assembled(function, changed)


def _pieces(function: Function) -> tuple[Function, ...]:
    """The function itself, or the dialect and the parts of a partial."""
    if isinstance(function, partial) and hasattr(function, "parts"):
        return (function.func, *function.keywords.values())
    return (inspect.unwrap(function),)


def _assembled(function: Function, changed: Mapping[Function, Function]) -> Function:
    """The rewritten function, a partial if it was one."""
    if not isinstance(function, partial):
        return changed[function]
    parts = {name: changed[part] for name, part in function.keywords.items()}
    whole = update_wrapper(partial(changed[function.func], **parts), function)
    whole.__dict__["parts"] = parts
    return whole


def _compiled(function: Function, tree: ast.Module) -> dict[str, Any]:
    """What the names of a function's module stand for, its own for the rewritten one."""
    scope = dict(function.__globals__)
    code = compile(ast.fix_missing_locations(tree), f"<mistaken {function.__name__}>", "exec")
    exec(code, scope)
    return scope


def _changed(scope: Mapping[str, Any], changed: Mapping[Function, Function]) -> dict[str, Any]:
    """The names that stand for something rewritten, in a scope or in a module it knows."""
    found: dict[str, Any] = {}
    for name, value in scope.items():
        if isinstance(value, FunctionType) and value in changed:
            found[name] = changed[value]
        elif _is_reference(value):
            if inside := _changed(vars(value), changed):
                found[name] = SimpleNamespace(**(vars(value) | inside))
    return found


def _called(function: Function) -> Iterator[Function]:
    """The functions of the reference that a function names, or names in a module."""
    names = sorted(set(_names(function.__code__)))
    for name in names:
        value = function.__globals__.get(name)
        inside = [vars(value).get(n) for n in names] if _is_reference(value) else [value]
        for helper in inside:
            if isinstance(helper, FunctionType) and helper.__module__.startswith(_REFERENCE):
                yield helper


def _is_reference(value: Any) -> bool:
    return isinstance(value, ModuleType) and value.__name__.startswith(_REFERENCE)


def _names(code: CodeType) -> Iterator[str]:
    """Every global name and attribute that a function uses, and those of its inner functions."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


@cache
def _source(function: Function) -> str:
    return inspect.getsource(function)
