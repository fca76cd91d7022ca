"""Refuse degenerate cases: inputs at which a wrong rule gives the right answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from . import lint_layers
from .case import Case
from .flags import FLAGS

MINIMUM_STEPS = 8
_NEUTRAL = {"dampening": (0.0, 1.0)}  # of the others 0 and 1 are neutral alike, but for alpha = 1


def lint(cases: Sequence[Case], counts_steps: Callable[[Sequence[str]], bool]) -> list[str]:
    """Give what is wrong with the cases of one dialect, a line each; none if all is well.

    `counts_steps` tells whether the dialect depends on the step count, given options.
    """
    if all(case.kind in ("layer", "gradient") for case in cases):
        return [*_each(cases), *lint_layers.together(cases), *_early_rounding("cases", cases)]
    return [*_each(cases), *_together(cases, counts_steps)]


def _each(cases: Sequence[Case]) -> Iterator[str]:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            yield f"{case.id}: the id is used twice"
        seen.add(case.id)
        if not case.comment or not case.flags:
            yield f"{case.id}: no reason given, or no flag"
        for flag in case.flags:
            if flag not in FLAGS:
                yield f"{case.id}: unknown flag {flag!r}"
        yield from _hyper(case)
        if case.kind in ("layer", "gradient"):
            yield from lint_layers.each(case)
        elif case.kind != "step":
            yield from _run(case)


def _hyper(case: Case) -> Iterator[str]:
    for step in case.problem.steps:
        for name, value in step.hyper.items():
            neutral = _NEUTRAL.get(name, (0.0,) if name == "alpha" else (0.0, 1.0))
            if value in neutral and not (name == "eps" and "no-eps" in case.flags):
                yield f"{case.id}: {name} = {value} is neutral"
        rates = [v for name, v in step.hyper.items() if name.startswith(("beta", "rho"))]
        if len(set(rates)) < len(rates):
            yield f"{case.id}: two decay rates are equal, so exchanging them goes unseen"


def _run(case: Case) -> Iterator[str]:
    steps = case.problem.steps
    if len(steps) < MINIMUM_STEPS:
        yield f"{case.id}: {len(steps)} steps are fewer than {MINIMUM_STEPS}"
    rates = [step.hyper.get("alpha") for step in steps]
    if rates[0] is not None and all(a == b for a, b in pairwise(rates)):
        yield f"{case.id}: the learning rate never changes"


def _together(
    cases: Sequence[Case], counts_steps: Callable[[Sequence[str]], bool]
) -> Iterator[str]:
    for options in sorted({case.options for case in cases}):
        some = [case for case in cases if case.options == options]
        where = "+".join(options) or "without options"
        if not any(case.kind != "step" for case in some):
            yield f"{where}: no run of several steps"
        yield from _early_rounding(where, some)
        if "theta" in some[0].problem.given:
            thetas = np.concatenate([case.problem.given["theta"].ravel() for case in some])
            if not (0 in thetas and 1 in thetas):
                yield f"{where}: no parameter that is 0, or none that is 1"
        gradients = [
            x.ravel() for case in some for s in case.problem.steps for x in s.given.values()
        ]
        if gradients:
            yield from _gradients(where, np.concatenate(gradients))
        if counts_steps(options) and {case.problem.t for case in some if case.kind == "step"} <= {
            1
        }:
            yield f"{where}: every single step is the first"


def _gradients(where: str, gradients: np.ndarray) -> Iterator[str]:
    if 0 not in gradients:
        yield f"{where}: no gradient is 0"
    if not (np.any(gradients > 0) and np.any(gradients < 0)):
        yield f"{where}: all gradients have one sign"
    sizes = np.abs(gradients[np.isfinite(gradients) & (gradients != 0)])
    if sizes.max() < 1000 * sizes.min():
        yield f"{where}: gradients span less than three decades"


def _early_rounding(where: str, cases: Sequence[Case]) -> Iterator[str]:
    """The hyper-parameters that have at most eight significant bits in every case."""
    steps = [step for case in cases for step in case.problem.steps]
    for name in sorted({name for step in steps for name in step.hyper}):
        values = [step.hyper[name] for step in steps if name in step.hyper]
        if all((np.frexp(value)[0] * 256).is_integer() for value in values):
            yield f"{where}: {name} never has more than 8 bits, so early rounding goes unseen"
