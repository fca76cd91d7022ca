"""What a function returns: at fixed precision, bounded, and quickly in float64."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.contexts.tape import Node, TapeContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, applies, elements, run

NUMBERS = MpNumbers(200)
Values = dict[str, NDArray[Any]]
Floats = dict[str, NDArray[np.float64]]


def values_of(function: Function, problem: Problem) -> list[Values]:
    """Run a problem of finite numbers; what is undefined has any value, and an infinite bound."""
    tape = TapeContext(NUMBERS)
    make = tape.tensor if problem.elementwise else elements(tape)
    with _fitting():
        return [
            {name: _values(x, problem) for name, x in outputs.items()}
            for outputs in run(function, tape, problem, make)
        ]


def bounds_of(
    forms: Sequence[Function], problem: Problem, values: Sequence[Values], profiles: Sequence[str]
) -> dict[str, list[Values]]:
    """Bound the outputs of every step, for each profile, in float64."""
    parsed = [Profile.parse(name) for name in profiles]
    with np.errstate(all="ignore"), _fitting():
        steps = trajectory_bounds(forms, problem, values, parsed, ArrayNumbers())
    return {
        name: [{k: x.astype(np.float64) for k, x in step[i].items()} for step in steps]
        for i, name in enumerate(profiles)
    }


class Misfit(ValueError):  # noqa: N818  (an outcome, not an error)
    """A wrong function cannot take what is given: tensors of these shapes, or none."""


@contextmanager
def _fitting() -> Iterator[None]:
    """Tell that a function fails at what it is given."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise Misfit(str(error)) from None


def floats_of(function: Function, problem: Problem) -> list[Floats]:
    """Run a problem in float64; NaN and infinities run through.

    Raises Misfit where it cannot be run.
    """
    ctx = IeeeContext()
    make = ctx.tensor if problem.elementwise else elements(ctx)
    with np.errstate(all="ignore"), _fitting():
        return [
            {name: _shaped(np.asarray(x, np.float64), problem) for name, x in outputs.items()}
            for outputs in run(function, ctx, problem, make)
        ]


def outputs_of(function: Function | None, problem: Problem) -> frozenset[str]:
    """The names of what a function returns; none where it cannot be run."""
    if function is None or not applies(function, problem):
        return frozenset()
    try:
        return frozenset(floats_of(function, problem)[0])
    except Misfit:
        return frozenset()


def _values(output: Any, problem: Problem) -> NDArray[Any]:
    if isinstance(output, Node):
        return _shaped(np.asarray(output.value, object), problem)
    return np.frompyfunc(lambda node: node.value, 1, 1)(output)


def _shaped(values: NDArray[Any], problem: Problem) -> NDArray[Any]:
    """An output of a rule that acts on each element alone has the shape of its input."""
    return np.broadcast_to(values, problem.shape) if problem.elementwise else values
