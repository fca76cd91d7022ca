"""Every number of a trial beside its exact value, its interval and its bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ...files.exact import Exact
from ...files.formats import Format
from ...files.tensors import Expected
from ..known import spared
from ..verdict import Array, Verdict
from .question import Trial
from .subjects import Subject

_UNJUDGED = "unjudged"


def judge(trial: Trial, got: Mapping[str, Array]) -> Iterator[Verdict]:
    """Judge all outputs that a backend gave; missing ones are not checked."""
    for name, expected in trial.question.expected.items():
        if name in got:
            yield _verdict(trial.subject, name, expected, got[name].ravel().astype(np.float64))


def _verdict(subject: Subject, name: str, expected: Expected, got: Array) -> Verdict:
    accept, exact = expected.accept[subject.profile.name], Exact.of(expected.exact)
    form = subject.format
    low, high = (_ends(ends, form) for ends in (accept.lo, accept.hi))
    bound = np.array(accept.bound.split(), np.float64)
    unit = np.where(bound == 0, exact.ulp_exponent(form), np.frexp(bound)[1])
    with np.errstate(all="ignore"):
        units = np.abs(exact.difference(got, unit))  # so that no error underflows
        fraction = np.where(units == 0, 0.0, units / np.ldexp(bound, -unit))
        error = np.ldexp(units, unit)
        nearest = np.ldexp(exact.high, exact.exponent)
    judged = np.isfinite(low) & np.isfinite(high) & ~spared(subject, name, {name: nearest})
    outside = judged & ~((low <= got) & (got <= high))
    return Verdict(0, name, got, nearest, error, bound, fraction, judged, np.flatnonzero(outside))


def _ends(patterns: str, form: Format) -> Array:
    """The ends of intervals; NaN where nothing can be judged."""
    ends = [
        np.nan if token == _UNJUDGED else float(form.decode(token)[0]) for token in patterns.split()
    ]
    return np.array(ends, np.float64)
