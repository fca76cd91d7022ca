"""Ways to make a wrong function by standing around a right one.

A change is a function of what the reference function is given, as attributes, and `ctx`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from types import SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.contexts.context import Context

from .mistake import Transform
from .text import texts

Change = Callable[[SimpleNamespace], Any]
Outputs = dict[str, Any]


def given(**changes: Change) -> Transform:
    """Let the function be given other values of these symbols, wherever it is given them all."""

    def call(function: Function, ctx: Context, **symbols: Any) -> Outputs:
        if all(symbols.get(name) is not None for name in changes):
            before = SimpleNamespace(ctx=ctx, **symbols)
            symbols |= {name: change(before) for name, change in changes.items()}
        return function(ctx, **symbols)

    return where(takes(*changes), _through(call))


def returned(**changes: Callable[[SimpleNamespace, Outputs], Any]) -> Transform:
    """Return other values of these tensors, made from what is given and what comes out."""
    return where(takes(*changes), computed(**changes))


def computed(**changes: Callable[[SimpleNamespace, Outputs], Any]) -> Transform:
    """Return other values of these outputs, which need not be given, wherever they come out."""

    def call(function: Function, ctx: Context, **symbols: Any) -> Outputs:
        outputs = function(ctx, **symbols)
        before = SimpleNamespace(ctx=ctx, **symbols)
        present = [name for name in changes if outputs.get(name) is not None]
        return outputs | {name: changes[name](before, outputs) for name in present}

    return _through(call)


def moving(alter: Transform) -> Transform:
    """Let the parameter alone go wrong; the state comes out as it should."""

    def transform(function: Function) -> Function | None:
        other = alter(function)
        if other is None:
            return None

        def call(function: Function, ctx: Context, **symbols: Any) -> Outputs:
            theta = other(ctx, **symbols)["theta"]
            return function(ctx, **symbols) | {"theta": theta}

        return _through(call)(function)

    return where(takes("theta"), transform)


def operations(**methods: Callable[..., Any]) -> Transform:
    """Compute with other operations; they get the right context first."""

    def call(function: Function, ctx: Context, **symbols: Any) -> Outputs:
        return function(_Altered(ctx, methods), **symbols)

    def uses(function: Function) -> bool:
        return any(not methods.keys().isdisjoint(x.__code__.co_names) for x in texts(function))

    return where(uses, _through(call))


def chain(*alters: Transform) -> Transform:
    """Alter what the one before has made; none applies unless all do."""

    def transform(function: Function) -> Function | None:
        altered: Function | None = function
        for alter in alters:
            altered = alter(altered) if altered else None
        return altered

    return transform


def where(holds: Callable[[Function], bool], alter: Transform) -> Transform:
    """Alter only the functions of which something holds."""
    return lambda function: alter(function) if holds(function) else None


def takes(*symbols: str) -> Callable[[Function], bool]:
    """Tell whether a function takes all these symbols."""
    return lambda function: set(symbols) <= parameters(function).keys()


def nothing(symbol: str) -> Transform:
    """Let 0 be given for a symbol."""
    return given(**{symbol: lambda s: 0 * getattr(s, symbol)})


def negative(symbol: str) -> Transform:
    """Let a symbol be given with the opposite sign."""
    return given(**{symbol: lambda s: -getattr(s, symbol)})


def negated(state: str) -> Transform:
    """Return a state with the opposite sign."""
    return returned(**{state: lambda _, out: -out[state]})


def not_updated(state: str) -> Transform:
    """Return a tensor as it was given."""
    return returned(**{state: lambda s, _: getattr(s, state)})


def _through(call: Callable[..., Outputs]) -> Transform:
    """Make the wrong function of what calls the right one, which it is given first."""
    return lambda function: wraps(function)(partial(call, function))


class _Altered:
    """A context with some operations replaced."""

    def __init__(self, ctx: Context, methods: dict[str, Callable[..., Any]]) -> None:
        self._ctx = ctx
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        if name not in self._methods:
            return getattr(self._ctx, name)
        return partial(self._methods[name], self._ctx)
