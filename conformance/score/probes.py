"""What wrong rules are put to: a case in a profile, with everything that need be found out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.forms import admits
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, applies

from ..diagnose.question import problem_of
from ..files.kinds import UPDATE
from ..files.vector_file import Case
from .answer import Crash, Outputs, answer

PROFILES = ("float64", "float32", "bfloat16")
Tensors = Mapping[str, np.ndarray]


@dataclass(eq=False)
class Probe:
    """A case in a profile, with the forms that answer it rightly.

    `cost` measures an answer, roughly; `kills` counts the wrong rules that it was the first to
    reject. Those that cost little and kill much come first.
    """

    case: Case
    profile: Profile
    problem: Problem
    forms: tuple[Function, ...]
    cost: int
    kills: int = field(default=0)

    def answer(self, function: Function, problem: Problem | None = None) -> list[Outputs] | None:
        """What a function returns for the problem, or for another; None if it raises."""
        try:
            return answer(function, problem or self.problem, self.profile)
        except Crash:
            return None

    def is_answered_by(self, outputs: Sequence[Outputs]) -> bool:
        """Whether everything that is expected has been returned."""
        return all(
            step.expected.keys() <= got.keys()
            for step, got in zip(self.case.steps, outputs, strict=True)
        )


def probes(
    rule: str, dialect: str, kind: str, cases: Sequence[Case], profiles: Sequence[str]
) -> Iterator[Probe]:
    """Yield the cases of a kind in each profile, as far as the canonical form can be asked them."""
    forms = catalogue.forms(rule, kind).get(dialect, ())
    for case in cases:
        if (UPDATE if kind == "step" else kind) != case.computes:
            continue
        problem = problem_of(case)
        if not applies(forms[0], problem):
            continue
        for name in profiles:
            if name in case.profiles:
                profile = Profile.parse(name)
                right = tuple(f for f in forms if applies(f, problem) and admits(profile, f))
                yield Probe(case, profile, problem, right, _cost(problem))


def _cost(problem: Problem) -> int:
    """Numbers that are given, one by one or, to a rule for single elements, all at once."""
    if problem.elementwise:
        return len(problem.steps)
    return 10 + sum(x.size for x in problem.tensors) * len(problem.steps)


def is_same(one: Problem, other: Problem) -> bool:
    """Whether two problems, of the same steps, ask for the same."""
    pairs = zip(one.steps, other.steps, strict=True)
    return _are_same(one.given, other.given) and all(
        _are_same(step.given, another.given)
        and (step.hyper, step.attributes) == (another.hyper, another.attributes)
        for step, another in pairs
    )


def _are_same(one: Tensors, other: Tensors) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name], equal_nan=True) for name in one
    )
