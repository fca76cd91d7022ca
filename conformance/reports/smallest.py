"""The failing case with the fewest numbers, in full: what a person can compute by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from ..files.exact import Exact
from ..files.tensors import Expected, Tensor
from ..files.vector_file import Case, Step
from ..harness.results import CaseResult, EntryResult

DIGITS = 17
_FLOAT64 = np.dtype(np.float64)


def smallest(entries: Sequence[EntryResult]) -> Iterator[tuple[str, str]]:
    """Yield the smallest failing case that returned something, as named lines."""
    failing = [case for entry in entries for case in entry.wrong if case.outputs]
    if not failing:
        return
    chosen = min(failing, key=_size)
    entry = next(entry for entry in entries if chosen in entry.wrong)
    case = chosen.case
    yield "by hand", f"the smallest failing case is {case.id} in {entry.profile}; it is given"
    yield from _lines(_given(case))
    for number, step in enumerate(case.steps, start=1):
        if len(case.steps) > 1:
            yield "", f"step {number}"
        yield from _lines(_step(step))
        if number <= len(chosen.outputs):
            yield from _lines(_outcome(step, chosen, number))


def _given(case: Case) -> Iterator[tuple[str, str]]:
    """The count of the first step, and the tensors before it."""
    if case.kind in ("step", "trajectory"):
        yield "t", str(case.t)
    if case.has_objective:
        for name in ("A", "b"):
            yield f"objective {name}", _tensor(Tensor.read(case.inputs["objective"][name]))
    yield from ((name, _tensor(tensor)) for name, tensor in case.given.items())


def _step(step: Step) -> Iterator[tuple[str, str]]:
    """What comes with a step."""
    yield from ((name, _tensor(tensor)) for name, tensor in step.given.items())
    yield from ((name, repr(value)) for name, value in step.hyper.items())
    yield from ((name, str(value)) for name, value in step.attributes.items())


def _outcome(step: Step, result: CaseResult, number: int) -> Iterator[tuple[str, str]]:
    """Beside what came out of a step, what should have."""
    outputs = result.outputs[number - 1]
    for name in (name for name in step.expected if name in outputs):
        yield f"{name} must be", _exact(step.expected[name])
        yield f"{name} came as", _written(outputs[name])


def _lines(facts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    facts = list(facts)
    width = max((len(name) for name, _ in facts), default=0)
    for name, text in facts:
        yield "", f"{name:{width}}  {text}"


def _size(result: CaseResult) -> tuple[int, int]:
    """How many numbers a case gives and expects, and how much there is to write."""
    case = result.case
    tensors: list[Mapping[str, Any]] = [case.given]
    tensors += [tensors for step in case.steps for tensors in (step.given, step.expected)]
    numbers = sum(prod(tensor.shape) for each in tensors for tensor in each.values())
    return numbers, len(str(case.inputs))


def _tensor(tensor: Tensor) -> str:
    return _written(tensor.array(_FLOAT64))


def _exact(expected: Expected) -> str:
    values = [Exact.of(token).decimal(DIGITS) for token in expected.exact.split()]
    return _nested(values, expected.shape)


def _written(values: np.ndarray) -> str:
    """Write an array as nested lists, each number in the fewest digits that tell it apart."""
    return _nested([str(x) for x in values.ravel()], values.shape)


def _nested(items: Sequence[str], shape: Sequence[int]) -> str:
    """Put items into brackets.

    >>> _nested(["1", "2", "3", "4"], (2, 2)), _nested([], (2, 0))
    ('[[1, 2], [3, 4]]', '[[], []]')
    """
    if not shape:
        return items[0]
    size = prod(shape[1:])
    parts = (_nested(items[i * size : (i + 1) * size], shape[1:]) for i in range(shape[0]))
    return f"[{', '.join(parts)}]"
