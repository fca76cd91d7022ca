"""Questions about layers, and the trials that put them; what their answers must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, applies

from ...cases.case import Case
from ...files.tensors import Expected
from ...generator.golden import expectations
from ..encode import encoded
from ..verdict import Verdict
from .families import Array, Shape
from .subjects import Subject


@dataclass(frozen=True)
class Question:
    """A problem for subjects that can be asked the same, from a family of values.

    `draw` makes it again from subjects, family and seed. `outputs` has the shapes of what may come,
    None of what is not asked for.
    """

    subjects: tuple[Subject, ...]
    family: str
    seed: tuple[int, ...]
    problem: Problem
    outputs: Mapping[str, Shape | None]

    @property
    def trials(self) -> list[Trial]:
        """The question, put to each subject."""
        return [Trial(subject, self) for subject in self.subjects]

    @cached_property
    def expected(self) -> Mapping[str, Expected]:
        """Certified digits and what each profile accepts, of every output.

        Raises GoldenError or CertificationError where there are none.
        """
        subject, *_ = self.subjects
        suiting = [form for form in subject.forms if applies(form, self.problem)]
        case = Case(self.family, self.problem.kind, "", (), self.problem, subject.options)
        profiles = list(dict.fromkeys(subject.profile for subject in self.subjects))
        (step,) = expectations(suiting, case, profiles)
        return {name: Expected.read(document) for name, document in step.items()}


@dataclass(frozen=True)
class Trial:
    """A question put to one subject."""

    subject: Subject
    question: Question

    @property
    def family(self) -> str:
        """The family of values."""
        return self.question.family

    @property
    def problem(self) -> Problem:
        """What is given."""
        return self.question.problem

    @property
    def outputs(self) -> Mapping[str, Shape | None]:
        """The shapes of what may come."""
        return self.question.outputs

    @property
    def elements(self) -> int:
        """The number of elements of the main output."""
        return prod(next(iter(self.outputs.values())) or ())

    @property
    def name(self) -> str:
        """Subject, family, and all but the tensors' elements: shapes, attributes, seed."""
        (step,) = self.problem.steps
        numbers = {name: list(x.shape) for name, x in self.tensors.items()}
        numbers |= {**step.attributes, **step.hyper, "t": self.problem.t}
        seed = " ".join(map(str, self.question.seed))
        text = "  ".join(f"{name}={x}" for name, x in numbers.items())
        return f"{self.subject.name}, {self.family}, {text}  seed {seed}"

    @property
    def tensors(self) -> dict[str, Array]:
        """All tensors that are given."""
        return {**self.problem.given, **self.problem.steps[0].given}

    def describe(self, verdict: Verdict, element: int) -> Iterator[str]:
        """Say which number is meant, and what was given."""
        shape = self.question.expected[verdict.output].shape
        place = [int(n) for n in np.unravel_index(element, shape)]
        others = verdict.violations.size - 1
        yield f"{self.name}: {verdict.output}{place}, outside with {others} others"
        for name, x in self.tensors.items():
            yield f"{name} = {' '.join(map(float.hex, x.ravel().tolist()))}"

    def case(self) -> dict[str, Any]:
        """The case as the wire carries it."""
        (step,) = self.problem.steps
        given = {
            "given": encoded(step.given),
            "hyper": {name: value.hex() for name, value in step.hyper.items()},
            "attributes": {name: _lists(value) for name, value in step.attributes.items()},
        }
        return {"given": encoded(self.problem.given), "t": self.problem.t, "steps": [given]}


def _lists(attribute: Any) -> Any:
    return [_lists(x) for x in attribute] if isinstance(attribute, tuple) else attribute
