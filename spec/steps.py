"""Ordered steps: how a delta changes them, what they read, and whether they make sense."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sympy import Expr, Float, Symbol

from . import symbols

NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
GIVEN = {*symbols.INPUTS, *symbols.OLD.values(), *symbols.SCALARS, symbols.t}


@dataclass(frozen=True)
class Step:
    """One named equation: the symbol or element `target` takes the value `value`."""

    name: str
    target: Expr
    value: Expr


def amended(
    who: str,
    steps: tuple[Step, ...],
    changes: tuple[Step, ...],
    before: str | None = None,
    after: str | None = None,
    drop: tuple[str, ...] = (),
) -> tuple[Step, ...]:
    """Apply a delta: replace steps in place by name, insert the new ones, drop those named.

    Raises ValueError when a step to be dropped or to insert at does not exist, or when a new step
    has no place.
    """
    require_unique(who, "step", (step.name for step in changes))
    result = list(steps)
    names = [step.name for step in result]
    for name in (*drop, *(place for place in (before, after) if place is not None)):
        if name not in names:
            raise ValueError(f"{who}: no step {name!r}; steps: {', '.join(names)}")
    new = [step for step in changes if step.name not in names]
    if new and (before is None) == (after is None):
        raise ValueError(f"{who}: say where the new step {new[0].name!r} goes: before or after")
    if new:
        place = names.index(before) if before is not None else names.index(str(after)) + 1
        result[place:place] = new
    replacing = {step.name: step for step in changes}
    return tuple(replacing.get(step.name, step) for step in result if step.name not in drop)


def reads(steps: tuple[Step, ...]) -> set[Symbol]:
    """Collect the symbols whose value the steps need before any of them sets it."""
    needed: set[Symbol] = set()
    known: set[Symbol] = set()
    for step in steps:
        needed |= _symbols(step.value) - known
        known.add(step.target)
    return needed


def check(who: str, steps: tuple[Step, ...]) -> None:
    """Raise ValueError, in one line, for steps that are no exact and complete definition."""
    check_form(who, steps)
    seen: dict[str, Symbol] = {}
    for step in steps:
        here = f"{who}: step {step.name}"
        for symbol in sorted({step.target, *_symbols(step.value)}, key=str):
            if not symbol.is_real:
                raise ValueError(f"{here}: {symbol} has no domain")
            if seen.setdefault(symbol.name, symbol) != symbol:
                raise ValueError(f"{here}: {symbol} has another domain than before")
    _check_flow(who, steps)


def check_form(who: str, steps: tuple[Step, ...]) -> None:
    """Raise ValueError for names that are no names or not unique, and for rounded numbers."""
    require_unique(who, "step", (step.name for step in steps))
    for step in steps:
        here = f"{who}: step {step.name}"
        if not NAME.fullmatch(step.name):
            raise ValueError(f"{here}: a name is lower-case words joined by - or _")
        if step.value.has(Float):
            raise ValueError(f"{here} holds the rounded number {step.value.atoms(Float).pop()}")


def _check_flow(who: str, steps: tuple[Step, ...]) -> None:
    """Check that all that is read is known, and all that is set is used."""
    updated = {symbols.OLD[step.target] for step in steps if step.target in symbols.OLD}
    if not updated:
        raise ValueError(f"{who}: no step sets a result")
    for symbol in sorted(reads(steps), key=str):
        if symbol not in GIVEN:
            raise ValueError(f"{who}: {symbol} is read before it is set")
        if symbol in symbols.OLD.values() and symbol not in updated:
            raise ValueError(f"{who}: the state {symbol} is read and never updated")
    for i, step in enumerate(steps):
        later = {s for other in steps[i + 1 :] for s in _symbols(other.value)}
        if step.target not in symbols.OLD and step.target not in later:
            raise ValueError(f"{who}: step {step.name} sets {step.target}, which nothing uses")


def _symbols(value: Expr) -> set[Symbol]:
    """Collect the symbols of an expression."""
    return {s for s in value.free_symbols if isinstance(s, Symbol)}


def require_unique(who: str, kind: str, names: Iterable[str]) -> None:
    """Raise ValueError when a name occurs twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{who}: two {kind}s are named {name!r}")
        seen.add(name)
