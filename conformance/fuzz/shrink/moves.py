"""Moves: ways to make a problem smaller or plainer, the boldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from goldenrule.reference.run import Problem, Quadratic, Step

Array = np.ndarray
Move = Callable[[Problem], Iterator[Problem]]
Place = tuple[int, str]
"""Of a tensor: the number of its step, -1 before the first, -2 for the objective; and its name."""

_BITS = (1, 2, 4, 8)
_COUNTS = (1, 2, 3)


def steps(problem: Problem) -> Iterator[Move]:
    """Fewer steps: the first few, then all but one."""
    if len(problem.steps) > 1:
        yield _first_steps
        for index in reversed(range(len(problem.steps))):
            yield partial(_without_step, index)


def _first_steps(problem: Problem) -> Iterator[Problem]:
    for count in (1, 2, 4, 8):
        if count < len(problem.steps):
            yield replace(problem, steps=problem.steps[:count])


def _without_step(index: int, problem: Problem) -> Iterator[Problem]:
    if 0 < index + 1 <= len(problem.steps) > 1:
        yield replace(problem, steps=[*problem.steps[:index], *problem.steps[index + 1 :]])


def rows(problem: Problem) -> Iterator[Move]:
    """An objective of fewer unknowns."""
    if problem.objective is not None:
        for index in range(len(problem.objective.b)):
            yield partial(_rows, index)


def _rows(index: int, problem: Problem) -> Iterator[Problem]:
    assert problem.objective
    A, b = problem.objective.A, problem.objective.b
    others = [i for i in range(len(b)) if i != index]
    for kept in ([index], others):
        if set(kept) < set(range(len(b))):
            objective = Quadratic(A[np.ix_(kept, kept)], b[kept])
            given = {name: x[kept] for name, x in problem.given.items()}
            yield replace(problem, objective=objective, given=given)


def scalars(problem: Problem) -> Iterator[Move]:
    """A small step count; hyper-parameters that stay the same, and have few bits."""
    yield _count
    for name in problem.steps[0].hyper:
        yield partial(_hyper, name)


def _count(problem: Problem) -> Iterator[Problem]:
    for t in _COUNTS:
        if t < problem.t:
            yield replace(problem, t=t)


def _hyper(name: str, problem: Problem) -> Iterator[Problem]:
    values = [step.hyper[name] for step in problem.steps]
    if len(set(values)) > 1:
        yield _with_hyper(problem, name, values[0])
        return
    for bits in _BITS:
        value = float(rounded(np.array(values[0]), bits))
        if value not in (0, 1, values[0]) and bits < _length(values[0]):
            yield _with_hyper(problem, name, value)


def _with_hyper(problem: Problem, name: str, value: float) -> Problem:
    changed = [replace(step, hyper={**step.hyper, name: value}) for step in problem.steps]
    return replace(problem, steps=changed)


def tensors(problem: Problem) -> Iterator[Move]:
    """Tensors of 0 or 1, or with few bits."""
    for place in _places(problem):
        yield partial(_whole, place)


def _whole(place: Place, problem: Problem) -> Iterator[Problem]:
    values = _tensor(problem, place)
    longest = max(map(_length, values.ravel().tolist()), default=0)
    if values.any() or np.signbit(values).any():
        yield _with_tensor(problem, place, np.zeros_like(values))
    if longest > 1:
        yield _with_tensor(problem, place, np.ones_like(values))
    for bits in _BITS:
        if bits < longest:
            yield _with_tensor(problem, place, rounded(values, bits))


def numbers(problem: Problem) -> Iterator[Move]:
    """Elements that are 0 or 1, or have few bits."""
    for place in _places(problem):
        for index in range(_tensor(problem, place).size):
            yield partial(_element, place, index)


def _element(place: Place, index: int, problem: Problem) -> Iterator[Problem]:
    values = _tensor(problem, place)
    value = values.flat[index]
    if value != 0:
        few = [float(rounded(value, bits)) for bits in _BITS if bits < _length(value)]
        for candidate in (0.0, *(() if value == 1 else (1.0, *few))):
            changed = values.copy()
            changed.flat[index] = candidate
            if place == (-2, "A"):
                changed.T.flat[index] = candidate
            yield _with_tensor(problem, place, changed)


def _places(problem: Problem) -> list[Place]:
    places = [(-1, name) for name in problem.given]
    places += [(i, name) for i, step in enumerate(problem.steps) for name in step.given]
    return [*places, (-2, "A"), (-2, "b")] if problem.objective else places


def _tensor(problem: Problem, place: Place) -> Array:
    index, name = place
    if index == -2:
        return getattr(problem.objective, name)
    return (problem.given if index == -1 else problem.steps[index].given)[name]


def _with_tensor(problem: Problem, place: Place, values: Array) -> Problem:
    index, name = place
    if index == -2:
        assert problem.objective
        return replace(problem, objective=replace(problem.objective, **{name: values}))
    if index == -1:
        return replace(problem, given={**problem.given, name: values})
    changed: list[Step] = list(problem.steps)
    changed[index] = replace(changed[index], given={**changed[index].given, name: values})
    return replace(problem, steps=changed)


def rounded(values: Array, bits: int) -> Array:
    """The nearest numbers of so many bits.

    >>> rounded(np.array([0.1, 0.999]), 1).tolist()
    [0.125, 1.0]
    """
    mantissa, exponent = np.frexp(values)
    return np.ldexp(np.rint(np.ldexp(mantissa, bits)), exponent - bits)


def _length(value: float) -> int:
    """The number of significant bits.

    >>> _length(0.75), _length(0.0)
    (2, 0)
    """
    return abs(value.as_integer_ratio()[0]).bit_length() if value % 1 else _integer_length(value)


def _integer_length(value: float) -> int:
    whole = abs(int(value))
    return whole.bit_length() - (whole & -whole).bit_length() + 1 if whole else 0
