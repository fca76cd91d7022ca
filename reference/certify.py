"""Certified digits: every golden number is the only 160-bit number an enclosure leaves.

The reference runs in interval arithmetic with growing precision until both ends of every output
round to the same 160-bit number. An output that still straddles 0 at the highest precision must be
proved 0 by exact algebra. Two precisions that agree would prove nothing:
S. M. Rump, Algorithms for verified inclusions, in: Reliability in Computing (1988), 109-126.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from mpmath.libmp import mpf_pos, round_nearest

from .catalogue import Function
from .contexts.iv import Interval, IvContext
from .rounding import Dyadic
from .run import Problem, run

BITS = 160
"""The precision of golden numbers."""
_PRECISIONS = (256, 512, 1024, 2048, 4096)


class CertificationError(ArithmeticError):
    """A golden number could not be certified; the message names step, output and element."""


Position = tuple[int, str, int]


def certify(
    function: Function, problem: Problem, skip: Collection[Position] = ()
) -> list[dict[str, np.ndarray]]:
    """Run a problem and give every output of every step as 160-bit dyadics (man, exp).

    A position is (step, output, element), elements counted in the order of `flat`; those to skip,
    which have no finite value, become (0, 0).
    Raises CertificationError, naming step, output and element, if a number stays uncertain.
    """
    uncertain: list[Position] = []
    rounded: list[dict[str, np.ndarray]] = []
    for precision in _PRECISIONS:
        steps = [_arrays(step) for step in run(function, IvContext(precision), problem)]
        rounded = [{name: _certified(x) for name, x in step.items()} for step in steps]
        for i, name, j in skip:
            if name in rounded[i]:
                rounded[i][name].flat[j] = (0, 0)
        uncertain = _uncertain(rounded)
        if not uncertain:
            return rounded
        if all(steps[i][name].flat[j].holds_zero for i, name, j in uncertain):
            zeros = _proved_zero(function, problem, uncertain)
            if len(zeros) == len(uncertain):
                for i, name, j in zeros:
                    rounded[i][name].flat[j] = (0, 0)
                return rounded
    i, name, j = uncertain[0]
    element = ", ".join(map(str, np.unravel_index(j, rounded[i][name].shape)))
    raise CertificationError(
        f"{function.__name__}: step {i + 1}, {name}[{element}] is not certain at "
        f"{_PRECISIONS[-1]} bits"
    )


def _arrays(outputs: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {name: np.asarray(values, dtype=object) for name, values in outputs.items()}


def _certified(enclosures: np.ndarray) -> np.ndarray:
    rounded = np.empty(enclosures.shape, dtype=object)
    for index, x in np.ndenumerate(enclosures):
        rounded[index] = round_enclosure(x)
    return rounded


def round_enclosure(x: Interval) -> Dyadic | None:
    """The 160-bit number that both ends of an enclosure round to, or None.

    >>> round_enclosure(IvContext(256).tensor(0.75))
    (3, -2)
    """
    low, high = (mpf_pos(end, BITS, round_nearest) for end in x.ends)
    infinite = not low[1] and low[2]  # so mpmath keeps NaN and infinities: no mantissa
    if low != high or infinite:
        return None
    sign, man, exp, _ = low
    return (-int(man) if sign else int(man)), exp


def _uncertain(rounded: Sequence[dict[str, np.ndarray]]) -> list[Position]:
    return [
        (i, name, j)
        for i, step in enumerate(rounded)
        for name, values in step.items()
        for j, value in enumerate(values.flat)
        if value is None
    ]


def _proved_zero(
    function: Function, problem: Problem, positions: Sequence[Position]
) -> list[Position]:
    from .contexts.sym import SymContext  # SymPy, needed here alone and rarely

    ctx = SymContext()
    steps = [_arrays(step) for step in run(function, ctx, problem)]
    return [(i, name, j) for i, name, j in positions if ctx.is_zero(steps[i][name].flat[j])]
