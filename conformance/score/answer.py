"""What ordinary floating-point code made of a reference text answers to a problem."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, elements, run

Outputs = dict[str, NDArray[Any]]


class Crash(Exception):  # noqa: N818  (an outcome, not an error)
    """The code raised, as a wrong backend may."""


def answer(function: Function, problem: Problem, profile: Profile) -> list[Outputs]:
    """Give the outputs of every step, in the storage format of a profile.

    Raises Crash, whatever the function raises.
    """
    ctx = FloatContext(profile)
    make = ctx.tensor if problem.elementwise else elements(ctx)
    try:
        with np.errstate(all="ignore"):
            return [
                {name: _shaped(ctx.returned(x), problem) for name, x in outputs.items()}
                for outputs in run(function, ctx, problem, make)
            ]
    except Exception as error:
        raise Crash(f"{type(error).__name__}: {error}") from error


def _shaped(values: NDArray[Any], problem: Problem) -> NDArray[Any]:
    """An output of a rule that acts on each element alone has the shape of its input."""
    return np.broadcast_to(values, problem.shape) if problem.elementwise else values
