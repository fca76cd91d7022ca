"""Errors beside their bounds, for every output of a trial."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.certify import BITS
from goldenrule.reference.contexts.mp import MpContext
from goldenrule.reference.contexts.numbers import ArrayNumbers, MpNumbers
from goldenrule.reference.run import run

from . import quadratic
from .known import spared
from .scene import Array, largest
from .trials import Trial, is_precise
from .two_float import TwoFloat, evaluate
from .verdict import Verdict

Bounds = Mapping[str, Any]


@dataclass(frozen=True)
class Precise:
    """mpmath's numbers, with what `TwoFloat` has."""

    values: NDArray[np.object_]

    @property
    def hi(self) -> Array:
        """The nearest binary64 numbers."""
        return self.values.astype(np.float64)

    def distance(self, values: Array) -> NDArray[np.object_]:
        """How far binary64 numbers are from these."""
        return abs(self.values - values.astype(object))


def judge(trial: Trial, got: Sequence[Mapping[str, Array]]) -> Iterator[Verdict]:
    """Judge all outputs that a backend gave; missing ones are not checked."""
    steps = (precisely if is_precise(trial.subject, trial.family) else quickly)(trial)
    for index, (outputs, (exact, bounds)) in enumerate(zip(got, steps, strict=True)):
        near = {name: x.hi for name, x in exact.items()}
        for name, values in outputs.items():
            eligible = ~spared(trial.subject, name, near)
            yield _verdict(trial, index, name, values, exact[name], bounds[name], eligible)


def quickly(trial: Trial) -> Iterator[tuple[Mapping[str, TwoFloat], Bounds]]:
    """Exact values and bounds over NumPy arrays."""
    subject, problem = trial.subject, trial.problem
    with np.errstate(all="ignore"):
        if problem.objective is not None:
            exact = [quadratic.exact(subject.forms[0], problem)]
            bounds = [[quadratic.bound(subject.forms, problem, subject.profile)]]
        else:
            exact = evaluate(subject.forms[0], problem)
            near = [{name: x.hi for name, x in outputs.items()} for outputs in exact]
            numbers = ArrayNumbers()
            bounds = trajectory_bounds(subject.forms, problem, near, [subject.profile], numbers)
    yield from ((values, found) for values, [found] in zip(exact, bounds, strict=True))


def precisely(trial: Trial) -> Iterator[tuple[Mapping[str, Precise], Bounds]]:
    """Exact values and bounds in mpmath, as golden vectors have them."""
    subject, problem = trial.subject, trial.problem
    exact = list(run(subject.forms[0], MpContext(2 * BITS), problem))
    numbers = MpNumbers(BITS)
    bounds = trajectory_bounds(subject.forms, problem, exact, [subject.profile], numbers)
    for outputs, [found] in zip(exact, bounds, strict=True):
        yield {name: Precise(values) for name, values in outputs.items()}, found


def _verdict(
    trial: Trial,
    step: int,
    name: str,
    values: Array,
    exact: TwoFloat | Precise,
    bound: Any,
    eligible: NDArray[np.bool_] | np.bool_,
) -> Verdict:
    got = values.ravel().astype(np.float64)
    with np.errstate(all="ignore"):
        error = exact.distance(got)
        fraction = _divide(error, bound).astype(np.float64)
        error, bound = (np.broadcast_to(x, got.shape).astype(np.float64) for x in (error, bound))
        overflows = abs(exact.hi) + bound >= largest(trial.subject.format)
    judged = np.isfinite(bound) & ~overflows & eligible
    outside = np.flatnonzero(judged & ~(fraction <= 1))
    return Verdict(step, name, got, exact.hi, error, bound, fraction, judged, outside)


def _quotient(error: Any, bound: Any) -> Any:
    if error == 0:
        return 0.0
    return error / bound if bound else np.inf


_divide = np.frompyfunc(_quotient, 2, 1)
