"""Resemblance: a quick look, in float64 and to a few digits, at what a candidate would return."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import applies

from ..files.formats import FORMATS, Format, format_of
from ..harness.judge import Outputs
from .arithmetic import AS_DECLARED
from .candidate import Candidate
from .evaluate import Floats, Misfit, floats_of
from .question import Question, as_taken

_ROUGH = FORMATS["float16"]  # no more digits of products in TF32, or of variances in one pass
_ROUGHLY = ("onepass", "tf32")


def likeness(candidate: Candidate, question: Question) -> float:
    """The part of a failing answer's numbers that are the candidate's, in its best profile."""
    function = candidate.canonical
    profiles = {name: candidate.arithmetic.profile(name) for name in question.failing}
    is_declared = candidate.arithmetic is AS_DECLARED
    if not is_declared:
        profiles = {name: profile for name, profile in profiles.items() if profile != name}
    if function is None or not profiles:
        return 0.0
    problem = as_taken(function, question.problem)
    if not applies(function, problem):
        return 0.0
    try:
        wanted = floats_of(function, candidate.mistake.restate(problem))
    except Misfit:
        return 0.0
    parts = []
    for name, profile in profiles.items():
        form = format_of(profile) or FORMATS["float64"]
        if not is_declared and any(way in profile for way in _ROUGHLY):
            form = _ROUGH
        floor = 0.0 if is_declared else 2.0**form.min_exponent
        parts.append(_part(wanted, question.answers[name].observation.outputs, form, floor))
    return max(parts)


def differs(candidate: Candidate, declared: Function, question: Question) -> bool:
    """Whether a case tells the candidate's function from the declared one."""
    function, problem = candidate.canonical, question.problem
    if function is None or not applies(declared, problem):
        return True
    known = as_taken(function, problem)
    if not applies(function, known):
        return True
    try:
        wanted = floats_of(function, candidate.mistake.restate(known))
    except Misfit:
        return True
    return _part(wanted, floats_of(declared, problem), FORMATS["float64"], 0.0) < 1


def _part(wanted: Sequence[Floats], got: Sequence[Outputs], form: Format, floor: float) -> float:
    """The part of the outputs that agree to most digits of a format."""
    digits = max(form.precision - 11, form.precision / 2)
    alike = [
        _near(step[name], outputs[name].astype(np.float64), 2.0**-digits, floor).reshape(-1)
        for step, outputs in zip(wanted, got, strict=False)
        for name in step.keys() & outputs.keys()
        if step[name].shape == outputs[name].shape
    ]
    near = np.concatenate(alike) if alike else np.empty(0)
    return float(np.mean(near)) if near.size else 0.0


def _near(x: NDArray, y: NDArray, tolerance: float, floor: float) -> NDArray[np.bool_]:
    with np.errstate(all="ignore"):
        near = abs(x - y) <= tolerance * np.maximum(abs(x), abs(y)) + floor
    return near | (x == y) | (np.isnan(x) & np.isnan(y))
