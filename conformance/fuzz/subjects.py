"""What is put to the test: every declaration of a backend, with every set of options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function, forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.profile import Profile

from ..harness.session import Session
from ..harness.wire import EntryInfo
from . import hyper
from .declared import Declared

_OPTION = {"v_max": "amsgrad", "m": "centered", "b": "momentum", "beta": "momentum"}
_STEPWISE = frozenset({"g", "x"})
_PARAMETERS = frozenset({"theta", "t", "gradient"})


@dataclass(frozen=True)
class Subject(Declared):
    """A declaration in one profile, with the symbols that a set of options gives."""

    takes_state: bool

    @property
    def name(self) -> str:
        """As `torch optimizers/adam/paper+amsgrad float32`."""
        dialect = "+".join((self.entry.dialect, *self.options))
        return f"{self.session.label} {self.entry.rule}/{dialect} {self.profile.name}"

    @property
    def hyper(self) -> frozenset[str]:
        """The hyper-parameters."""
        return self.symbols & hyper.NAMES

    @property
    def state(self) -> frozenset[str]:
        """The state."""
        return self.symbols - hyper.NAMES - _STEPWISE - _PARAMETERS

    @property
    def stepwise(self) -> frozenset[str]:
        """What every step gives: the gradient, or the value to average."""
        return self.symbols & _STEPWISE

    @property
    def outputs(self) -> list[str]:
        """What a step gives, the main output first."""
        arguments: dict[str, Any] = {name: np.float64(0.5) for name in self.symbols}
        arguments |= {"t": 1} if "t" in self.symbols else {}
        arguments |= {"gradient": lambda w: w} if self.has_objective else {}
        found = self.forms[0](IeeeContext(), **arguments)
        return [name for name, value in found.items() if value is not None]

    @property
    def has_objective(self) -> bool:
        """Whether the rule takes the gradient itself."""
        return "gradient" in self.symbols


def subjects(session: Session, entry: EntryInfo) -> list[Subject]:
    """Every subject of a backend's entry.

    Raises ValueError for a rule, dialect or profile that does not exist, and for an entry that
    cannot be called with what the rule takes.
    """
    dialects = forms(entry.rule)
    if entry.dialect not in dialects:
        raise ValueError(f"unknown dialect {entry.rule}/{entry.dialect}")
    functions = dialects[entry.dialect]
    found = []
    for profile in map(Profile.parse, entry.profiles):
        for symbols, options in _option_sets(functions[0]):
            subject = Subject(session, entry, profile, functions, symbols, options, True)
            if _can_run(entry, symbols, symbols):
                found.append(subject)
            elif _can_run(entry, symbols - _fresh(entry, functions[0]), symbols):
                found.append(replace(subject, takes_state=False))
    if not found:
        raise ValueError(f"{entry.rule}/{entry.dialect} cannot be called with what the rule takes")
    return found


def _option(symbol: str) -> str:
    """The option that an optional symbol belongs to, by default of its own name."""
    return _OPTION.get(symbol, symbol)


def _option_sets(function: Function) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    takes = parameters(function)
    required = {name for name, must in takes.items() if must}
    optional = set(takes) - required
    options = sorted({_option(name) for name in optional})
    for size in range(len(options) + 1):
        for chosen in combinations(options, size):
            given = {name for name in optional if _option(name) in chosen}
            yield frozenset(required | given), chosen


def _fresh(entry: EntryInfo, function: Function) -> frozenset[str]:
    """What a function need not take on a run from fresh state: t, and state no option adds."""
    takes = parameters(function)
    if entry.kind == "step":
        return frozenset()
    always = {name for name, must in takes.items() if must}
    return frozenset((always - hyper.NAMES - _STEPWISE - _PARAMETERS) | {"t"})


def _can_run(entry: EntryInfo, needed: frozenset[str], given: frozenset[str]) -> bool:
    """Whether an entry's function takes all symbols it needs, and no others than are given."""
    signature = entry.signature
    needed -= _STEPWISE if entry.kind == "trajectory" else {"t"}
    available = {*given, "t", "profile", "steps"}
    return all(map(signature.takes, needed)) and available.issuperset(signature.required)
