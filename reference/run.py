"""Run a reference function in any arithmetic, over one step or a trajectory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .catalogue import Function, parameters
from .contexts.context import Context

Tensor = Any
Make = Callable[[Any], Tensor]


@dataclass(frozen=True)
class Quadratic:
    """The objective f(w) = w'Aw/2 - b'w of an n-vector w; A is n by n and symmetric."""

    A: np.ndarray
    b: np.ndarray

    def gradient(self, ctx: Context) -> Callable[[Tensor], Tensor]:
        """Give the gradient A w - b as a function in an arithmetic."""
        tensor = np.frompyfunc(ctx.tensor, 1, 1)
        rows, b = tensor(self.A), tensor(self.b)
        return lambda w: np.array([ctx.fdot(row, w) for row in rows], dtype=object) - b


@dataclass(frozen=True)
class Step:
    """What one step is given: tensors, hyper-parameters and a layer's attributes.

    Attributes are integers, or tuples of integers or of pairs, as a layer takes them.
    """

    given: Mapping[str, np.ndarray]
    hyper: Mapping[str, float]
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """State before the first step, the steps, the first step's count, and perhaps an objective.

    Tensors are float64 arrays: of one shape, and independent element by element, unless the kind
    is `layer` or `gradient`.
    """

    given: Mapping[str, np.ndarray]
    steps: Sequence[Step]
    t: int = 1
    objective: Quadratic | None = None
    kind: str = "step"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the tensors."""
        return np.shape(next(iter(self.given.values())))

    @property
    def elementwise(self) -> bool:
        """Whether an element of the outputs depends on the same element of the inputs alone."""
        return self.objective is None and self.kind not in ("layer", "gradient")

    @property
    def tensors(self) -> list[np.ndarray]:
        """All tensors that are given, before the first step and with each."""
        given = (self.given, *(step.given for step in self.steps))
        return [values for tensors in given for values in tensors.values()]

    def finite(self) -> Problem:
        """The same problem with 0 in place of NaN and infinities."""

        def clean(tensors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
            return {name: np.where(np.isfinite(x), x, 0.0) for name, x in tensors.items()}

        steps = [replace(step, given=clean(step.given)) for step in self.steps]
        return replace(self, given=clean(self.given), steps=steps)


def elements(ctx: Context) -> Make:
    """Make tensors of an arithmetic as object arrays of any shape, one number an element."""
    each = np.frompyfunc(ctx.tensor, 1, 1)
    return lambda values: np.asarray(each(values), dtype=object)


def call(
    function: Function,
    ctx: Context,
    problem: Problem,
    index: int,
    state: Mapping[str, Tensor],
    make: Make,
) -> dict[str, Tensor]:
    """Take step number `index` (from 0) from a state; absent outputs are left out."""
    step = problem.steps[index]
    arguments: dict[str, Any] = dict(state)
    arguments |= {name: make(values) for name, values in step.given.items()}
    arguments |= {name: ctx.scalar(value) for name, value in step.hyper.items()}
    arguments |= step.attributes
    if "t" in parameters(function):
        arguments["t"] = problem.t + index
    if problem.objective is not None:
        arguments["gradient"] = problem.objective.gradient(ctx)
    outputs = function(ctx, **arguments)
    return {name: value for name, value in outputs.items() if value is not None}


def run(
    function: Function, ctx: Context, problem: Problem, make: Make | None = None
) -> Iterator[dict[str, Tensor]]:
    """Yield the outputs of every step; a step's outputs are the next one's state.

    State that a function only reads stays as it is.

    Tensors are made by `make`, or else element by element.
    """
    make = make or elements(ctx)
    state = {name: make(values) for name, values in problem.given.items()}
    for index in range(len(problem.steps)):
        outputs = call(function, ctx, problem, index, state, make)
        yield outputs
        state = {name: outputs.get(name, tensor) for name, tensor in state.items()}


def applies(function: Function, problem: Problem) -> bool:
    """Whether a function takes what a problem gives, no more and no less."""
    takes = parameters(function)
    offered = {*problem.given, "t"}
    for step in problem.steps:
        offered |= {*step.given, *step.hyper, *step.attributes}
    if problem.objective is not None:
        offered.add("gradient")
    required = {name for name, must in takes.items() if must}
    return required <= offered and offered - {"t"} <= set(takes)
