"""Questions about layers, drawn at random."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from goldenrule.reference.catalogue import Function, forms, parameters
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.run import Problem, Step, run

from ...files.formats import Format
from ..scene import stored
from . import shapes
from .families import FAMILIES, Array, Shape, Source
from .question import Question
from .subjects import Subject

_EPS = (1e-5, 1e-3, 2.0**-10)
_MOMENTUM = (0.1, 0.01, 0.9, 0.99, 0.125)
_OFFSETS = (1e2, 1e3, 1e4)
_COUNTS = (1, 2, 3, 10)
_STATE = ("running_mean", "running_var")
_GRADIENTS = ("dx", "dgamma", "dbeta", "dw", "db")
"""What a gradient may return, asked for or not."""
_SAME = 3  # rounds with the same shapes, which some backends compile for
_PLAIN = 0.4  # of the tensors but x, which are N(0, 1) instead


def draw(subjects: tuple[Subject, ...], family: str, seed: tuple[int, ...]) -> Question:
    """Draw shapes, attributes, hyper-parameters and tensors, in the format of one of the subjects.

    Those whose format does not hold the tensors are left out. A seed is the run's, the subjects'
    place, the number of the round, and that of the draw.
    """
    first, place, turn, attempt = seed
    rng = np.random.default_rng(seed)
    formats = {subject.format.name: subject for subject in subjects}
    subject = formats[str(rng.choice(sorted(formats)))]
    layout = shapes.draw(np.random.default_rng([first, place, turn // _SAME, attempt]), subject)
    hyper = _hyper(rng, subject)
    offset = float(rng.choice(_OFFSETS) * rng.choice([-1, 1]))
    source = Source(rng, subject.format, hyper.get("eps", 2.0**-10), offset)
    tensors = _tensors(source, family, layout.shapes)
    t = int(rng.choice(_COUNTS)) if "t" in parameters(subject.forms[0]) else 1
    problem = Problem({}, [Step(tensors, hyper, layout.attributes)], t, kind="layer")
    if subject.is_gradient:
        dy = _drawn(source, family, shape_of_y(subject, problem))
        tensors = {"dy": dy, **tensors}
        step = replace(problem.steps[0], given=tensors)
        problem = replace(problem, steps=[step], kind="gradient")
    outputs = about(subject.forms[0], problem)
    state = {name: tensors.pop(name) for name in _STATE if name in outputs}
    problem = replace(problem, given=state, steps=[replace(problem.steps[0], given=tensors)])
    found: dict[str, Shape | None] = {name: np.shape(x) for name, x in outputs.items()}
    if subject.is_gradient:
        found |= dict.fromkeys(name for name in _GRADIENTS if name not in found)
    holding = tuple(x for x in subjects if _holds(x.format, problem))
    return Question(holding, family, seed, problem, found)


def _holds(target: Format, problem: Problem) -> bool:
    return all((stored(x, target) == x).all() for x in problem.tensors)


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


def shape_of_y(subject: Subject, problem: Problem) -> Shape:
    """That of x, but for convolutions."""
    if "w" not in subject.symbols:
        return problem.steps[0].given["x"].shape
    (form, *_) = forms(subject.entry.rule)[subject.entry.dialect]
    return np.shape(about(form, problem)["y"])


def about(function: Function, problem: Problem) -> dict[str, Array]:
    """What comes out in float64."""
    with np.errstate(all="ignore"):
        (outputs,) = run(function, IeeeContext(), problem)
    return outputs
