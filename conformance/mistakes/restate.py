"""Mistakes that show from step to step: the problem that a mistaken loop solves instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem

_SUBNORMAL = -125
"""Below 2 to this power float32 and its short forms have a fixed step."""


def first_rate(problem: Problem) -> Problem:
    """Take every step with the learning rate of the first."""
    return _with_rates(problem, [0] * len(problem.steps))


def last_rate(problem: Problem) -> Problem:
    """Take every step with the learning rate of the step before it."""
    return _with_rates(problem, [max(i - 1, 0) for i in range(len(problem.steps))])


def from_zero(problem: Problem) -> Problem:
    """Start from zeros, whatever state is given."""
    given = {n: x if n == "theta" else np.zeros_like(x) for n, x in problem.given.items()}
    return replace(problem, given=given)


def in_float32(problem: Problem) -> Problem:
    """Round every hyper-parameter to float32."""
    steps = [
        replace(step, hyper={name: float(np.float32(x)) for name, x in step.hyper.items()})
        for step in problem.steps
    ]
    return replace(problem, steps=steps)


def in_bfloat16(problem: Problem) -> Problem:
    """Cut every hyper-parameter off to bfloat16."""
    steps = [
        replace(step, hyper={name: float(_cut(x, 8)) for name, x in step.hyper.items()})
        for step in problem.steps
    ]
    return replace(problem, steps=steps)


def starting_at(state: str, value: float) -> Callable[[Problem], Problem]:
    """Start a state at some value where it is to start at 0."""

    def restate(problem: Problem) -> Problem:
        given = dict(problem.given)
        if state in given and not given[state].any():
            given[state] = np.full_like(given[state], value)
        return replace(problem, given=given)

    return restate


def with_state(state: str) -> Callable[[Problem], Problem]:
    """Keep a state, from 0, that was not asked for."""

    def restate(problem: Problem) -> Problem:
        theta = problem.given["theta"]
        return replace(problem, given={state: np.zeros_like(theta), **problem.given})

    return restate


def cut_to_tf32(problem: Problem) -> Problem:
    """Cut the factors of products off to 11 bits."""
    return _with_factors(problem, lambda x: _cut(x, 11))


def factors_in_bfloat16(problem: Problem) -> Problem:
    """Round the factors of products to 8 bits."""
    return _with_factors(problem, lambda x: _round(x, 8))


def _with_factors(problem: Problem, shorten: Callable[[np.ndarray], np.ndarray]) -> Problem:
    """Shorten all tensors but the bias, which meets no factor."""
    steps = [
        replace(step, given={n: x if n == "b" else shorten(x) for n, x in step.given.items()})
        for step in problem.steps
    ]
    given = {n: x if n == "b" else shorten(x) for n, x in problem.given.items()}
    return replace(problem, given=given, steps=steps)


def _cut(values: Any, bits: int) -> np.ndarray:
    """Keep so many bits of each number, the leading one among them; of subnormals fewer."""
    shift = bits - np.maximum(np.frexp(values)[1], _SUBNORMAL)
    return np.ldexp(np.trunc(np.ldexp(values, shift)), -shift)


def _round(values: Any, bits: int) -> np.ndarray:
    """Round each number to so many bits, halfway cases to even; of subnormals to fewer."""
    shift = bits - np.maximum(np.frexp(values)[1], _SUBNORMAL)
    return np.ldexp(np.rint(np.ldexp(values, shift)), -shift)


def _with_rates(problem: Problem, sources: Sequence[int]) -> Problem:
    rates = [step.hyper.get("alpha") for step in problem.steps]
    steps = [
        replace(step, hyper={**step.hyper, "alpha": rates[i]}) if "alpha" in step.hyper else step
        for step, i in zip(problem.steps, sources, strict=True)
    ]
    return replace(problem, steps=steps)
