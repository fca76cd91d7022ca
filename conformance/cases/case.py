"""A case: inputs and hyper-parameters chosen by people, with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, Quadratic, Step

Values = Sequence[Any] | np.ndarray
Hyper = Mapping[str, float]
Attributes = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One question to a rule.

    `flags` name the mistakes it catches, `options` the options it switches on. `outcomes` is the
    table of special outcomes: per output a word for each element, ``.`` where it is finite, else
    ``nan``, ``+inf`` or ``-inf``; ``+0`` or ``-0`` is a zero whose sign every arrangement of the
    arithmetic gives. `dialects` it is put to; empty for all that take its inputs.
    """

    id: str
    kind: str
    comment: str
    flags: tuple[str, ...]
    problem: Problem
    options: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    dialects: tuple[str, ...] = ()


def step(
    id: str,
    comment: str,
    *,
    state: Mapping[str, Values],
    given: Mapping[str, Values],
    hyper: Hyper,
    flags: Sequence[str],
    t: int = 1,
    options: Sequence[str] = (),
    outcomes: Mapping[str, str] | None = None,
    dialects: Sequence[str] = (),
) -> Case:
    """Ask for one step from a given state; every tensor is a list of its elements."""
    problem = Problem(_tensors(state), [Step(_tensors(given), dict(hyper))], t)
    flags, options = tuple(sorted(flags)), tuple(sorted(options))
    return Case(id, "step", comment, flags, problem, options, outcomes or {}, tuple(dialects))


def trajectory(
    id: str,
    comment: str,
    *,
    state: Mapping[str, Values],
    given: Mapping[str, Sequence[Values]],
    hyper: Hyper,
    rates: Sequence[float],
    flags: Sequence[str],
    options: Sequence[str] = (),
    dialects: Sequence[str] = (),
) -> Case:
    """Ask for a run from the first step on, the learning rate alpha changing on the way.

    `given` holds a list of tensors for each name, one a step; `rates` is empty for a rule without
    a learning rate.
    """
    count = len(next(iter(given.values())))
    steps = [
        Step(
            _tensors({name: tensors[i] for name, tensors in given.items()}),
            dict(hyper) | ({"alpha": rates[i]} if rates else {}),
        )
        for i in range(count)
    ]
    problem = Problem(_tensors(state), steps)
    flags, options = tuple(sorted(flags)), tuple(sorted(options))
    return Case(id, "trajectory", comment, flags, problem, options, dialects=tuple(dialects))


def objective(
    id: str,
    comment: str,
    *,
    state: Mapping[str, Values],
    A: Sequence[Values],
    b: Values,
    hyper: Hyper,
    rates: Sequence[float],
    flags: Sequence[str],
) -> Case:
    """Ask for a run on the quadratic f(w) = w'Aw/2 - b'w, whose gradient the rule takes itself."""
    steps = [Step({}, dict(hyper) | {"alpha": rate}) for rate in rates]
    quadratic = Quadratic(np.array(A, dtype=np.float64), np.array(b, dtype=np.float64))
    problem = Problem(_tensors(state), steps, objective=quadratic)
    return Case(id, "objective", comment, tuple(sorted(flags)), problem)


def layer(
    id: str,
    comment: str,
    *,
    given: Mapping[str, Values],
    hyper: Hyper,
    flags: Sequence[str],
    attributes: Attributes | None = None,
    state: Mapping[str, Values] | None = None,
    t: int = 1,
    options: Sequence[str] = (),
    outcomes: Mapping[str, str] | None = None,
    dialects: Sequence[str] = (),
) -> Case:
    """Ask a layer for its outputs; tensors are nested lists or arrays, with shapes of their own.

    `attributes` are integers, or tuples of integers or of pairs, as the layer takes them.
    """
    problem = _of_layer("layer", state or {}, [given], hyper, attributes or {}, t)
    flags, options = tuple(sorted(flags)), tuple(sorted(options))
    return Case(id, "layer", comment, flags, problem, options, outcomes or {}, tuple(dialects))


def layers(
    id: str,
    comment: str,
    *,
    given: Sequence[Mapping[str, Values]],
    hyper: Hyper,
    flags: Sequence[str],
    state: Mapping[str, Values],
    attributes: Attributes | None = None,
    t: int = 1,
    options: Sequence[str] = (),
    dialects: Sequence[str] = (),
) -> Case:
    """Ask a layer with state for several batches in a row; `given` holds the tensors of each."""
    problem = _of_layer("layer", state, given, hyper, attributes or {}, t)
    flags, options = tuple(sorted(flags)), tuple(sorted(options))
    return Case(id, "layer", comment, flags, problem, options, dialects=tuple(dialects))


def gradient(
    id: str,
    comment: str,
    *,
    given: Mapping[str, Values],
    hyper: Hyper,
    flags: Sequence[str],
    attributes: Attributes | None = None,
    options: Sequence[str] = (),
    outcomes: Mapping[str, str] | None = None,
    dialects: Sequence[str] = (),
) -> Case:
    """Ask a layer for the gradient of sum(dy * y), dy being given."""
    problem = _of_layer("gradient", {}, [given], hyper, attributes or {}, 1)
    flags, options = tuple(sorted(flags)), tuple(sorted(options))
    return Case(id, "gradient", comment, flags, problem, options, outcomes or {}, tuple(dialects))


def _of_layer(
    kind: str,
    state: Mapping[str, Values],
    given: Sequence[Mapping[str, Values]],
    hyper: Hyper,
    attributes: Attributes,
    t: int,
) -> Problem:
    steps = [Step(_tensors(tensors), dict(hyper), dict(attributes)) for tensors in given]
    return Problem(_tensors(state), steps, t, kind=kind)


def _tensors(values: Mapping[str, Values]) -> dict[str, np.ndarray]:
    return {name: np.array(elements, dtype=np.float64) for name, elements in values.items()}
