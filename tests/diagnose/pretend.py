"""Evidence of backends that compute a reference function, right or wrong, without running any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from goldenrule.conformance.diagnose.evaluate import Misfit, floats_of
from goldenrule.conformance.diagnose.question import as_taken, problem_of
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.formats import FORMATS, format_of
from goldenrule.conformance.files.vector_file import Case, VectorFile, load
from goldenrule.conformance.harness.explanation import Evidence, Observation
from goldenrule.conformance.harness.judge import judge
from goldenrule.conformance.mistakes import Mistake, mistakes_of
from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import applies

Outputs = Sequence[Mapping[str, Any]]


@cache
def vectors(rule: str, dialect: str) -> VectorFile:
    return load(Location(PACKAGED_VECTORS, rule, dialect))


def observe(case: Case, profile: str, outputs: Outputs) -> Observation:
    dtype = (format_of(profile) or FORMATS["float64"]).dtype
    with np.errstate(all="ignore"):
        cast = [{name: x.astype(dtype) for name, x in step.items()} for step in outputs]
    return Observation(case, profile, cast, judge(case, profile, cast).failure is None)


def evidence(
    rule: str,
    dialect: str,
    function: Function,
    *,
    kind: str = "step",
    asked: Mistake | None = None,
    profiles: Iterable[str] = ("float64",),
    returned: Callable[[Outputs], Outputs] = lambda outputs: outputs,
) -> Evidence:
    """Pretend that a function was declared as a dialect; `asked` restates what it is asked."""
    file = vectors(rule, dialect)
    observations = []
    for case in file.cases:
        problem = problem_of(case)
        known = as_taken(function, problem)
        if problem.kind == kind and applies(function, known):
            try:
                outputs = returned(floats_of(function, asked.restate(known) if asked else known))
            except Misfit:  # it would raise an exception, which is no evidence
                continue
            names = [profile for profile in profiles if profile in case.profiles]
            observations += [observe(case, name, outputs) for name in names]
    return Evidence("mine", file, observations)


def mistaken(rule: str, dialect: str, name: str, *, kind: str = "step", **options: Any) -> Evidence:
    """Pretend that the canonical form of a dialect was written with a known mistake."""
    canonical = catalogue.forms(rule, kind)[dialect][0]
    for mistake in mistakes_of(rule):
        if mistake.name == name and (function := mistake.made_in(canonical)):
            return evidence(rule, dialect, function, kind=kind, asked=mistake, **options)
    raise ValueError(f"{name} does not apply to {rule}/{dialect}")
