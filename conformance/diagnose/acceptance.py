"""Judging an answer by a candidate: whether it is what the candidate would have returned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.catalogue import Function
from goldenrule.reference.forms import admits
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, applies

from ..files.formats import format_of
from ..harness.judge import Failure
from .candidate import Candidate
from .evaluate import NUMBERS, Misfit, Values, bounds_of, floats_of, values_of
from .question import Answer, Question, as_taken, is_finite
from .scatter import Errors

HOPELESS = 2.0**10
"""No other form is tried for an answer that is so many times its bound away from the first."""

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def accepted(
    candidate: Candidate, question: Question, profiles: Sequence[str], errors: list[Errors]
) -> dict[str, bool | None]:
    """Judge the answers in some of the profiles; None where there is no evidence.

    The errors of answers that failed are added to those found so far.
    """
    if candidate.canonical is None:
        return dict.fromkeys(profiles)
    problem = as_taken(candidate.canonical, question.problem)
    if not applies(candidate.canonical, problem):
        return dict.fromkeys(profiles)
    worst: dict[str, float | None] = dict.fromkeys(profiles, HOPELESS)
    try:
        wanted = _Wanted(candidate, candidate.canonical, problem)
        for every in (False, True):  # all forms only where the first may not do
            left = [name for name, x in worst.items() if x is not None and 1 < x <= HOPELESS]
            for name, bounds in wanted.bounds(left, every).items() if left else ():
                answer = question.answers[name]
                worst[name] = wanted.judge(answer, bounds) if bounds else None
                if bounds and answer.failure and candidate.arithmetic.scatters:
                    errors += wanted.errors(answer, bounds)
    except Misfit:
        return dict.fromkeys(profiles)
    return {name: None if x is None else x <= 1 for name, x in worst.items()}


class _Wanted:
    """What a candidate returns for a problem."""

    def __init__(self, candidate: Candidate, canonical: Function, problem: Problem) -> None:
        self.candidate = candidate
        self.canonical = canonical
        self.taken = problem
        self.arithmetic = candidate.arithmetic
        self.asked = candidate.mistake.restate(problem)
        self.problem = self.asked.finite()
        self.is_finite = is_finite(self.asked)
        self.first = floats_of(canonical, self.asked)
        self.values = values_of(canonical, self.problem)

    @cached_property
    def forms(self) -> list[Function]:
        """Every form that takes what is given."""
        return [form for form in self.candidate.forms if applies(form, self.taken)]

    @cached_property
    def others(self) -> list[list[dict[str, Floats]]]:
        """What the other forms return in float64, asked for where the first is not finite."""
        return [floats_of(form, self.asked) for form in self.forms[1:]]

    def bounds(self, profiles: Sequence[str], every: bool) -> dict[str, list[Values]]:
        """Bound the first form, or every one, for declared profiles; nothing if none is admitted.

        An arithmetic that brings forms along has all of them from the start.
        """
        forms = self.forms if every or self.arithmetic.admits_forms else [self.canonical]
        actual = {name: self.arithmetic.profile(name) for name in profiles}
        unique = [
            profile
            for profile in dict.fromkeys(actual.values())
            if any(admits(Profile.parse(profile), form) for form in forms)
        ]
        found = bounds_of(forms, self.problem, self.values, unique) if unique else {}
        return {name: found.get(profile, []) for name, profile in actual.items()}

    def judge(self, answer: Answer, bounds: Sequence[Values]) -> float | None:
        """The largest error as a fraction of its bound; of a failure, what failed must count."""
        failure = answer.failure
        if failure and failure.element is None and not self._accounts_for(answer, failure):
            return None
        covered = failure is None or failure.element is None
        worst: list[float] = []
        for index, outputs in enumerate(answer.observation.outputs[: len(self.values)]):
            for name, got in outputs.items():
                if name not in self.values[index] or got.shape != self.values[index][name].shape:
                    continue
                fractions = self._fractions(index, name, answer, bounds[index][name])
                worst += [] if np.isnan(fractions).all() else [float(np.nanmax(fractions))]
                if failure and failure.element is not None:
                    here = (failure.step, failure.output) == (index + 1, name)
                    covered |= here and not np.isnan(fractions[failure.element])
        return max(worst) if worst and (covered or max(worst) > 1) else None

    def errors(self, answer: Answer, bounds: Sequence[Values]) -> Iterator[Errors]:
        """The large errors of each output."""
        for index, outputs in enumerate(answer.observation.outputs[: len(self.values)]):
            for name, got in outputs.items():
                if name in self.values[index] and got.shape == self.values[index][name].shape:
                    exact = self.values[index][name].astype(np.float64)
                    yield Errors.large(exact, got.astype(np.float64), bounds[index][name])

    def _accounts_for(self, answer: Answer, failure: Failure) -> bool:
        """Whether a wrong shape is this one's, and a wrong type that of narrow arithmetic."""
        got = answer.observation.outputs[failure.step - 1][failure.output]
        wanted = self.values[failure.step - 1].get(failure.output)
        if wanted is None or got.shape != wanted.shape:
            return False
        declared = format_of(answer.observation.profile)
        return bool(self.arithmetic.narrow) or (
            declared is not None and got.dtype == declared.dtype
        )

    def _fractions(self, index: int, name: str, answer: Answer, bounds: Floats) -> Floats:
        """Errors as fractions of their bounds; infinite where wrong, NaN where unknown."""
        declared = answer.observation.profile
        got = answer.observation.outputs[index][name]
        x, y = self.values[index][name], got.astype(np.float64)
        single = x.astype(np.float64)
        first = self.first[index][name]
        known = (self.is_finite | np.isclose(first, single, atol=0)) & np.isfinite(bounds)
        errors = abs(x - NUMBERS.convert(np.where(np.isfinite(y), y, 0))).astype(np.float64)
        with np.errstate(all="ignore"):
            fractions = np.where(errors > 0, errors / bounds, 0.0)
            fractions = np.where((bounds == 0) & (errors > 0), HOPELESS, fractions)
        profile = Profile.parse(self.arithmetic.profile(declared))
        infinite = np.where(_overflows(single, bounds, y, profile), 0.0, np.inf)
        fractions = np.where(np.isfinite(y), fractions, infinite)
        same = np.where(_same(first, y), 0.0, np.inf)
        special = ~np.isfinite(first)
        for other in self.others if special.any() else ():
            special &= _same(first, other[index][name])
        fractions = np.where(known, fractions, np.where(special, same, np.nan))
        wrong = ~_represented(got, self.arithmetic.narrow or declared) & ~np.isnan(fractions)
        return np.where(wrong, np.inf, fractions)


def _same(a: Floats, b: Floats) -> Mask:
    """Where two hold the same NaN, infinity or number."""
    return (a == b) | (np.isnan(a) & np.isnan(b))


def _overflows(x: Floats, bounds: Floats, y: Floats, profile: Profile) -> Mask:
    """Where an infinity lies within the bound of a value."""
    man, exp = profile.storage.largest_finite
    return np.isinf(y) & (np.sign(y) * x + bounds > float(man) * 2.0**exp)


def _represented(values: NDArray, profile: str) -> Mask:
    """Which values are numbers of a profile's format."""
    target = format_of(profile)
    if target is None or target.bits == 64:
        return np.ones(values.shape, bool)
    with np.errstate(over="ignore"):
        single = values.astype(np.float32)
    held = (single == values) | np.isnan(values)
    return held & target.represents(single) if target.bits == 16 else held
