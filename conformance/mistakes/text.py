"""The text of a reference function, with all that it calls: read, rewritten, compiled again.

A form of a layer may be a partial: a dialect whose open parts are filled by other functions.
"""

from __future__ import annotations

import ast
import inspect
import linecache
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial, update_wrapper
from itertools import count
from types import CodeType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function

Rewrite = Callable[[ast.FunctionDef], bool]
"""Change a definition in place, and tell whether everything to be changed has been found."""

_REFERENCE = "goldenrule.reference."
_NUMBERS = count(1)


@cache
def texts(function: Function) -> tuple[Function, ...]:
    """A function, or a dialect with its parts, and all of the reference that they call."""
    found: dict[Function, None] = {}
    left = [*reversed(pieces(function))]
    while left:
        caller = left.pop()
        if caller not in found:
            found[caller] = None
            left += _called(caller)
    return tuple(found)


def pieces(function: Function) -> tuple[Function, ...]:
    """The function itself, or the dialect and the parts of a partial."""
    if isinstance(function, partial) and hasattr(function, "parts"):
        return (function.func, *function.keywords.values())
    return (inspect.unwrap(function),)


def definition(function: Function) -> ast.FunctionDef:
    """Parse the text of a function, anew each time."""
    node = ast.parse(_source(function)).body[0]
    assert isinstance(node, ast.FunctionDef)
    return node


@cache
def written(function: Function) -> str:
    """The text of a function as a machine writes it: every expression always the same."""
    return ast.unparse(definition(function))


def rewritten(function: Function, rewrite: Rewrite, *others: Function) -> Function | None:
    """Compile a function, and others that it calls, from their rewritten texts.

    None if there is nothing to rewrite.
    """
    trees = {each: definition(each) for each in dict.fromkeys((*pieces(function), *others))}
    complete = False
    for tree in trees.values():
        complete = rewrite(tree)
    if not complete:
        return None
    return compiled(
        function, {each: tree for each, tree in trees.items() if ast.dump(tree) != _dump(each)}
    )


def compiled(function: Function, trees: Mapping[Function, ast.FunctionDef]) -> Function:
    """Compile a function with other texts of some that it calls; all between them calls these."""
    scopes: list[dict[str, Any]] = []
    changed: dict[Function, Function] = {}
    for each in _callers(function, trees.keys()):
        scope = dict(each.__globals__)
        scopes.append(scope)
        changed[each] = (
            _executed(each, trees[each], scope) if each in trees else _bound(each, scope)
        )
    for scope in scopes:
        scope.update(_changed(scope, changed))
    return _assembled(function, changed)


def _callers(function: Function, called: Collection[Function]) -> list[Function]:
    """The functions in question and those of a function's text that come to call them."""
    found = list(called)
    for each in found:
        found += [x for x in texts(function) if x not in found and each in _callees(x)]
    return found


def _assembled(function: Function, changed: Mapping[Function, Function]) -> Function:
    """The function that takes a function's place, a partial if it was one."""
    if not isinstance(function, partial):
        whole = inspect.unwrap(function)
        return changed.get(whole, whole)
    parts = {name: changed.get(part, part) for name, part in function.keywords.items()}
    whole = partial(changed.get(function.func, function.func), **parts)
    whole = update_wrapper(whole, function)
    whole.__dict__["parts"] = parts
    return whole


def _executed(function: Function, tree: ast.FunctionDef, scope: dict[str, Any]) -> Function:
    """Compile another text of a function, which `inspect` can find."""
    text = f"{ast.unparse(ast.fix_missing_locations(tree))}\n"
    name = f"<mistaken {function.__name__} {next(_NUMBERS)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    exec(compile(text, name, "exec"), scope)
    return scope[function.__name__]


def _bound(function: Function, scope: dict[str, Any]) -> Function:
    """The same function where names stand for something else."""
    copy = FunctionType(
        function.__code__, scope, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__dict__.update(function.__dict__)
    return copy


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


@cache
def _callees(function: Function) -> tuple[Function, ...]:
    return tuple(_called(function))


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


@cache
def _dump(function: Function) -> str:
    return ast.dump(definition(function))
