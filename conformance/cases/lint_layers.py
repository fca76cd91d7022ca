"""What is degenerate in the cases of layers: shapes, kernels, attributes at which mistakes hide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from goldenrule.reference.run import Step

from .case import Case

_AFFINE = {"gamma": 1.0, "beta": 0.0}
_AXES = ("stride", "dilation")


def each(case: Case) -> Iterator[str]:
    """What is wrong with a case by itself."""
    for step in case.problem.steps:
        for name, neutral in _AFFINE.items():
            values = step.given.get(name)
            if values is not None and values.size > 1 and _is_constant(values):
                yield f"{case.id}: {name} is constant, so its elements may be exchanged unseen"
            elif values is not None and values.size and (values == neutral).all():
                yield f"{case.id}: {name} = {neutral} is neutral"
        for name in ("dy", "w"):
            values = step.given.get(name, np.empty(0))
            if values.size > 1 and _is_constant(values):
                yield f"{case.id}: {name} is constant, so its elements may be exchanged unseen"
        x = step.given.get("x", np.empty(0))
        if x.size > 1 and _is_constant(x) and "constant" not in case.flags:
            yield f"{case.id}: x is constant, and no flag says so"
        if _is_symmetric(step):
            yield f"{case.id}: the kernel is symmetric, so flipping it goes unseen"
        if step.hyper.get("momentum") == 0.5:
            yield f"{case.id}: momentum = 0.5, so exchanging it with 1 - momentum goes unseen"


def together(cases: Sequence[Case]) -> Iterator[str]:
    """What the cases of a dialect lack, those of the layer and those of its gradient apart."""
    for kind in ("layer", "gradient"):
        some = [case for case in cases if case.kind == kind]
        if not some:
            yield f"{kind}: no case"
            continue
        asked = (_shapes, _affine, _attributes, _values, _state)
        for lack in (lack for ask in asked for lack in ask(some)):
            yield f"{kind}: {lack}"


def _shapes(cases: Sequence[Case]) -> Iterator[str]:
    shapes = [step.given["x"].shape for case in cases for step in case.problem.steps]
    if not any(len({*shape}) == len(shape) > 1 and min(shape) > 1 for shape in shapes):
        if max(map(len, shapes)) > 1:
            yield "no x whose axes all differ in size, so exchanging them goes unseen"
    kernels = [s.given["w"].shape for c in cases for s in c.problem.steps if "w" in s.given]
    if kernels and not any(len({*shape}) == len(shape) for shape in kernels):
        yield "no kernel whose axes all differ in size, so exchanging them goes unseen"
    grouped = [
        s.given["w"].shape[0] // s.attributes["groups"]
        for c in cases
        for s in c.problem.steps
        if "w" in s.given and s.attributes.get("groups", 1) > 1
    ]
    if grouped and max(grouped) == 1:
        yield "every group of a kernel is a single channel"


def _affine(cases: Sequence[Case]) -> Iterator[str]:
    """Where gamma is ever given, x must tell samples, channels and places apart by their sizes."""
    steps = [step for case in cases for step in case.problem.steps if "gamma" in step.given]
    shapes = [step.given["x"].shape for step in steps]
    if shapes and not any(len({*x}) == len(x) > 1 and min(x) > 1 for x in shapes):
        yield "no x whose axes all differ in size is normalized with gamma"


def _attributes(cases: Sequence[Case]) -> Iterator[str]:
    for name in _AXES:
        if not _some(cases, name, lambda value: len({*value}) > 1):
            yield f"no {name} that differs from axis to axis"
    if not _some(cases, "padding", lambda value: any(low != high for low, high in value)):
        yield "no padding that differs from end to end"
    if not _some(cases, "padding", lambda value: len({*value}) > 1):
        yield "no padding that differs from axis to axis"
    if not _some(cases, "output_padding", lambda value: len({*value}) > 1):
        yield "no output padding that differs from axis to axis"
    steps = [step.attributes for case in cases for step in case.problem.steps]
    if any("stride" in x for x in steps) and not any(_both(x) for x in steps):
        yield "stride and dilation never exceed 1 together"
    if not _some(cases, "groups", lambda value: value > 1):
        yield "never more than one group"
    if len({step.attributes.get("axis") for c in cases for step in c.problem.steps}) == 1:
        if "axis" in cases[0].problem.steps[0].attributes:
            yield "axis is always the same"


def _both(attributes: Mapping[str, Any]) -> bool:
    return min(max(attributes[name]) for name in _AXES) > 1


def _some(cases: Sequence[Case], name: str, holds: Callable[..., bool]) -> bool:
    """Whether an attribute is as it should be in some case, or is never given."""
    steps = [step for case in cases for step in case.problem.steps]
    values = [step.attributes[name] for step in steps if name in step.attributes]
    return not values or any(holds(value) for value in values)


def _values(cases: Sequence[Case]) -> Iterator[str]:
    names = {name for case in cases for step in case.problem.steps for name in step.given}
    for name in sorted(names & {"x", "dy", "w"}):
        numbers = np.concatenate(
            [s.given[name].ravel() for c in cases for s in c.problem.steps if name in s.given]
        )
        numbers = numbers[np.isfinite(numbers)]
        if not (np.any(numbers > 0) and np.any(numbers < 0)):
            yield f"all elements of {name} have one sign"


def _state(cases: Sequence[Case]) -> Iterator[str]:
    if any(case.problem.given for case in cases):
        if all(len(case.problem.steps) == 1 for case in cases):
            yield "state is never carried from one batch to the next"


def _is_constant(values: np.ndarray) -> bool:
    return bool((values == values.flat[0]).all())


def _is_symmetric(step: Step) -> bool:
    """Whether a kernel is the same when it is reversed along its spatial axes.

    A plain kernel has spatial axes only, that of a layer with strides two others before them.
    """
    kernel = step.given.get("w")
    if kernel is None or not kernel.size:
        return False
    axes = tuple(range(2 if "stride" in step.attributes else 0, kernel.ndim))
    sizes = [kernel.shape[axis] for axis in axes]
    return max(sizes, default=1) > 1 and np.array_equal(kernel, np.flip(kernel, axes))
