"""Trials: cases of layers drawn at random, and what their answers must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function, forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.run import Problem, Step, applies, run

from ...cases.case import Case
from ...files.tensors import Expected
from ...generator.golden import expectations
from ..encode import encoded
from ..scene import stored
from . import shapes
from .families import FAMILIES, Array, Shape, Source
from .subjects import Subject

ATTEMPTS = 4
"""Draws until one comes that a backend does not refuse."""

_EPS = (1e-5, 1e-3, 2.0**-10)
_MOMENTUM = (0.1, 0.01, 0.9, 0.99, 0.125)
_OFFSETS = (1e2, 1e3, 1e4)
_COUNTS = (1, 2, 3, 10)
_STATE = ("running_mean", "running_var")
_GRADIENTS = ("dx", "dgamma", "dbeta", "dw", "db")
"""What a gradient may return, asked for or not."""
_PLAIN = 0.4  # of the tensors but x, which are N(0, 1) instead


@dataclass(frozen=True)
class Trial:
    """A problem for a subject, from a family of values; `draw` makes it again from these three."""

    subject: Subject
    family: str
    seed: tuple[int, ...]
    problem: Problem
    outputs: Sequence[str]
    elements: int

    @property
    def tensors(self) -> dict[str, Array]:
        """All tensors that are given."""
        return {**self.problem.given, **self.problem.steps[0].given}

    @property
    def question(self) -> str:
        """All but the tensors' elements, in a line: shapes, attributes, hyper-parameters, seed."""
        (step,) = self.problem.steps
        numbers = {name: list(x.shape) for name, x in self.tensors.items()}
        numbers |= {**step.attributes, **step.hyper, "t": self.problem.t}
        seed = " ".join(map(str, self.seed))
        return "  ".join([*(f"{name}={x}" for name, x in numbers.items()), f"seed {seed}"])

    def case(self) -> dict[str, Any]:
        """The case as the wire carries it."""
        (step,) = self.problem.steps
        given = {
            "given": encoded(step.given),
            "hyper": {name: value.hex() for name, value in step.hyper.items()},
            "attributes": {name: _lists(value) for name, value in step.attributes.items()},
        }
        return {"given": encoded(self.problem.given), "t": self.problem.t, "steps": [given]}

    @cached_property
    def expected(self) -> Mapping[str, Expected]:
        """Certified digits and what the profile accepts, of every output.

        Raises GoldenError or CertificationError where there are none.
        """
        subject = self.subject
        suiting = [form for form in subject.forms if applies(form, self.problem)]
        case = Case(self.family, self.problem.kind, "", (), self.problem, subject.options)
        (step,) = expectations(suiting, case, [subject.profile])
        return {name: Expected.read(document) for name, document in step.items()}


def _lists(attribute: Any) -> Any:
    return [_lists(x) for x in attribute] if isinstance(attribute, tuple) else attribute


def schedule(subjects: Sequence[Subject], seed: int) -> Iterator[tuple[Subject, str, int]]:
    """Subjects and families without end: in any order, all of them before any comes again."""
    rng = np.random.default_rng([seed, len(subjects)])
    index = 0
    while subjects:
        families = rng.permuted(np.tile(list(FAMILIES), (len(subjects), 1)), axis=1)
        for turn in range(len(FAMILIES)):
            for which in rng.permutation(len(subjects)):
                yield subjects[which], str(families[which, turn]), index
                index += 1


def draw(subject: Subject, family: str, seed: tuple[int, ...]) -> Trial:
    """Draw shapes, attributes, hyper-parameters and tensors."""
    rng = np.random.default_rng(seed)
    layout = shapes.draw(rng, subject)
    hyper = _hyper(rng, subject)
    offset = float(rng.choice(_OFFSETS) * rng.choice([-1, 1]))
    source = Source(rng, subject.format, hyper.get("eps", 2.0**-10), offset)
    tensors = _tensors(source, family, layout.shapes)
    t = int(rng.choice(_COUNTS)) if "t" in parameters(subject.forms[0]) else 1
    problem = Problem({}, [Step(tensors, hyper, layout.attributes)], t, kind="layer")
    if subject.is_gradient:
        dy = _drawn(source, family, _shape_of_y(subject, problem))
        tensors = {"dy": dy, **tensors}
        step = replace(problem.steps[0], given=tensors)
        problem = replace(problem, steps=[step], kind="gradient")
    outputs = _about(subject.forms[0], problem)
    state = {name: tensors.pop(name) for name in _STATE if name in outputs}
    problem = replace(problem, given=state, steps=[replace(problem.steps[0], given=tensors)])
    first = next(iter(outputs.values()))
    names = dict.fromkeys((*outputs, *(_GRADIENTS if subject.is_gradient else ())))
    return Trial(subject, family, seed, problem, [*names], np.size(first))


def _hyper(rng: np.random.Generator, subject: Subject) -> dict[str, float]:
    """Of all hyper-parameters binary64 numbers, or float32 ones, as some formats keep them."""
    table = {"eps": _EPS, "momentum": _MOMENTUM}
    chosen = {name: rng.choice(table[name]) for name in sorted(subject.symbols & table.keys())}
    single = rng.random() < 0.5
    return {name: float(np.float32(x)) if single else float(x) for name, x in chosen.items()}


def _tensors(source: Source, family: str, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """x of the family, the others of it or N(0, 1); a variance is not negative."""
    tensors = {"x": stored(FAMILIES[family](source, shapes["x"]), source.format)}
    for name in sorted(shapes.keys() - {"x"}):
        values = _drawn(source, family, shapes[name])
        tensors[name] = abs(values) if name == "running_var" else values
    return tensors


def _drawn(source: Source, family: str, shape: Shape) -> Array:
    plain = source.rng.random() < _PLAIN
    return stored(FAMILIES["normal" if plain else family](source, shape), source.format)


def _shape_of_y(subject: Subject, problem: Problem) -> Shape:
    """That of x, but for convolutions."""
    if "w" not in subject.symbols:
        return problem.steps[0].given["x"].shape
    (form, *_) = forms(subject.entry.rule)[subject.entry.dialect]
    return np.shape(_about(form, problem)["y"])


def _about(function: Function, problem: Problem) -> dict[str, Array]:
    """What comes out in float64."""
    with np.errstate(all="ignore"):
        (outputs,) = run(function, IeeeContext(), problem)
    return outputs
