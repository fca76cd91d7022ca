"""Every number of a trial beside its exact value, its interval and its bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...files.exact import Exact
from ...files.formats import Format
from ...files.tensors import Expected
from ..scene import Array
from .trials import Trial

_UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Verdict:
    """One output: what came, the nearest float64 to the exact value, error and bound.

    `fraction` is the error divided by its bound, and 0 without an error; `judged` says where there
    is a bound and no overflow within it, `violations` which elements lie outside their intervals.
    """

    output: str
    got: Array
    exact: Array
    error: Array
    bound: Array
    fraction: Array
    judged: NDArray[np.bool_]
    violations: NDArray[np.intp]


def judge(trial: Trial, got: Mapping[str, Array]) -> Iterator[Verdict]:
    """Judge all outputs that a backend gave; missing ones are not checked."""
    for name, expected in trial.expected.items():
        if name in got:
            yield _verdict(name, expected, trial.subject.profile.name, trial.subject.format, got)


def misfit(trial: Trial, got: Mapping[str, Array]) -> str:
    """Say what is wrong with the shape, the type or the format of an output, if anything is."""
    target = trial.subject.format
    for name, array in got.items():
        shape = trial.expected[name].shape if name in trial.expected else array.shape
        if array.dtype != target.dtype or array.shape != shape:
            return f"{name} is {array.dtype} {array.shape}, not {target.dtype} {shape}"
        if not target.represents(array).all():
            return f"{name} holds numbers that are not {target.name}'s"
    return ""


def _verdict(
    name: str, expected: Expected, profile: str, form: Format, outputs: Mapping[str, Array]
) -> Verdict:
    accept, exact = expected.accept[profile], Exact.of(expected.exact)
    got = outputs[name].ravel().astype(np.float64)
    low, high = (_ends(ends, form) for ends in (accept.lo, accept.hi))
    bound = np.array(accept.bound.split(), np.float64)
    unit = np.where(bound == 0, exact.ulp_exponent(form), np.frexp(bound)[1])
    with np.errstate(all="ignore"):
        units = np.abs(exact.difference(got, unit))  # so that no error underflows
        fraction = np.where(units == 0, 0.0, units / np.ldexp(bound, -unit))
        error = np.ldexp(units, unit)
        nearest = np.ldexp(exact.high, exact.exponent)
    judged = np.isfinite(low) & np.isfinite(high)
    outside = judged & ~((low <= got) & (got <= high))
    return Verdict(name, got, nearest, error, bound, fraction, judged, np.flatnonzero(outside))


def _ends(patterns: str, form: Format) -> Array:
    """The ends of intervals; NaN where nothing can be judged."""
    ends = [
        np.nan if token == _UNJUDGED else float(form.decode(token)[0]) for token in patterns.split()
    ]
    return np.array(ends, np.float64)
