"""Run the reference of an optimizer in float64 on a function of which the gradient is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext

Array = NDArray[np.float64]
Hyper = float | Callable[[int], float]
"""A hyper-parameter, or what it is at each step."""

_NO_STATE = ("theta", "g", "t")


def steps(
    rule: str,
    dialect: str,
    gradient: Callable[[Array, int], Array],
    start: Sequence[float] | Array,
    count: int,
    hyper: Mapping[str, Hyper],
    also: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """The outputs of so many steps of a dialect's canonical form, from a state of zeros.

    The gradient is a function of theta and of the step's number, counted from 1. `also` names
    state that an option brings.
    """
    function, ctx = forms(f"optimizers/{rule}")[dialect][0], IeeeContext()
    takes = parameters(function)
    theta = np.array(start, dtype=np.float64)
    held = [name for name, must in takes.items() if must and name not in {*_NO_STATE, *hyper}]
    state: dict[str, Any] = {"theta": theta}
    state |= {name: np.zeros_like(theta) for name in {*held, *also}}
    outputs = []
    for t in range(1, count + 1):
        scalars = {
            name: ctx.scalar(value(t) if callable(value) else value)
            for name, value in hyper.items()
        }
        given = {"g": gradient(state["theta"], t)} | ({"t": t} if "t" in takes else {})
        outputs.append(function(ctx, **state, **given, **scalars))
        state = {name: outputs[-1][name] for name in state}
    return outputs


def path(
    rule: str,
    dialect: str,
    gradient: Callable[[Array, int], Array],
    start: Sequence[float] | Array,
    count: int,
    hyper: Mapping[str, Hyper],
    also: Sequence[str] = (),
) -> Array:
    """Where theta goes in so many steps: its start, and where it is after each."""
    taken = steps(rule, dialect, gradient, start, count, hyper, also)
    return np.array([np.array(start, dtype=np.float64), *(step["theta"] for step in taken)])
