"""What the steps of a layer read and set, by name, and whether they make sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Expr, Indexed, IndexedBase, Sum, Symbol

from ..steps import Step, check_form
from . import symbols


def tensor(target: Expr) -> Any:
    """Give the tensor that a target is an element of, or the symbol that it is."""
    return target.base if isinstance(target, Indexed) else target


def parts_of(value: Expr) -> set[Any]:
    """Give the symbols and tensors of an expression."""
    bases = value.atoms(IndexedBase)
    return bases | (value.atoms(Symbol) - {base.label for base in bases})


def bound(step: Step) -> set[str]:
    """Name the indices of a step: those of its target and of its sums."""
    sums = (index.name for total in step.value.atoms(Sum) for index in total.variables)
    indices = step.target.indices if isinstance(step.target, Indexed) else ()
    return {*sums, *(str(index) for index in indices)}


def names(steps: Iterable[Step]) -> set[str]:
    """Name all that the values of the steps use, apart from their indices."""
    found: set[str] = set()
    for step in steps:
        parts = step.value.atoms(Symbol, IndexedBase)
        found |= {str(part) for part in parts} - bound(step)
    return found


def reads(steps: Iterable[Step]) -> set[str]:
    """Name what the steps need before any of them sets it."""
    needed: set[str] = set()
    known: set[str] = set()
    for step in steps:
        needed |= names((step,)) - known
        known.add(str(tensor(step.target)))
    return needed


def check(
    who: str, forward: Sequence[Step], backward: Sequence[Step], integers: frozenset[str]
) -> None:
    """Raise ValueError, in one line, for steps that are no exact and complete definition."""
    steps = (*forward, *backward)
    check_form(who, steps)
    for step in steps:
        for part in (tensor(step.target), *step.value.atoms(Symbol, IndexedBase)):
            if not part.is_real:
                raise ValueError(f"{who}: step {step.name}: {part} has no domain")
    known = {*symbols.VALUES, *integers}
    for name in sorted(reads(steps) - known):
        raise ValueError(f"{who}: {name} is read before it is set")
    results = {str(tensor(step.target)) for step in forward} & {"y"}
    if not results:
        raise ValueError(f"{who}: no step sets the output y")
    if not any(str(tensor(step.target)) in symbols.GRADIENTS for step in backward):
        raise ValueError(f"{who}: no step sets a gradient")
    _check_use(who, steps)


def _check_use(who: str, steps: Sequence[Step]) -> None:
    """Check that all that is set is a result or used later."""
    results = {"y", *symbols.GRADIENTS, *(after.name for after in symbols.OLD)}
    for place, step in enumerate(steps):
        target = str(tensor(step.target))
        if target not in results | names(steps[place + 1 :]):
            raise ValueError(f"{who}: step {step.name} sets {target}, which nothing uses")
