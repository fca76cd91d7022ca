"""Moves for a layer: fewer samples, groups, channels and places; attributes that change nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem

from ..layers.subjects import Subject
from ..layers.trials import shape_of_y
from .moves import Move

_NEUTRAL = {"stride": 1, "dilation": 1, "padding": 0, "output_padding": 0}
_AFFINE = ("gamma", "beta")
_CHANNELWISE = (*_AFFINE, "running_mean", "running_var")

Shape = tuple[int, ...]
Axis = tuple[int, int, int]


@dataclass(frozen=True)
class Dimension:
    """Places along axes of some tensors that go together.

    An axis is made of `blocks` times `size` times `each` places; those with one number in the
    middle go together. `attribute` is what counts them, if any does.
    """

    size: int
    axes: Mapping[str, Axis]
    """Tensor -> axis, blocks, each."""
    attribute: str = ""


def sizes(subject: Subject, problem: Problem) -> Iterator[Move]:
    """Cut every dimension."""
    for index in range(len(_dimensions(subject, problem))):
        yield partial(_cut, subject, index)


def attributes(subject: Subject, problem: Problem) -> Iterator[Move]:
    """Let attributes change nothing, along all axes or along one."""
    for name in problem.steps[0].attributes:
        if name in _NEUTRAL:
            yield partial(_neutral, subject, name)


def _cut(subject: Subject, index: int, problem: Problem) -> Iterator[Problem]:
    dimensions = _dimensions(subject, problem)
    dimension = dimensions[index]
    n = dimension.size
    kept = (range(1), range(n - 1, n), range(n // 2), range(n // 2, n), range(n - 1), range(1, n))
    for places in kept if n > 1 else ():
        if found := _with_places(subject, problem, dimension, list(places)):
            yield found


def _with_places(
    subject: Subject, problem: Problem, dimension: Dimension, places: list[int]
) -> Problem | None:
    def cut(tensors: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: _taken(x, dimension.size, places, *dimension.axes[name])
            if name in dimension.axes
            else x
            for name, x in tensors.items()
        }

    (step,) = problem.steps
    counted = {dimension.attribute: len(places)} if dimension.attribute else {}
    step = replace(step, given=cut(step.given), attributes={**step.attributes, **counted})
    return _fitted(subject, replace(problem, given=cut(problem.given), steps=[step]))


def _taken(x: np.ndarray, size: int, places: list[int], axis: int, blocks: int, each: int) -> Any:
    indices = np.arange(blocks * size * each).reshape(blocks, size, each)[:, places]
    return np.take(x, indices.ravel(), axis)


def _neutral(subject: Subject, name: str, problem: Problem) -> Iterator[Problem]:
    (step,) = problem.steps
    old = step.attributes[name]
    nothing = (_NEUTRAL[name],) * 2 if name == "padding" else _NEUTRAL[name]
    one_by_one = [(*old[:i], nothing, *old[i + 1 :]) for i in range(len(old))]
    for new in ((nothing,) * len(old), *one_by_one):
        if new != old:
            changed = replace(step, attributes={**step.attributes, name: new})
            if found := _fitted(subject, replace(problem, steps=[changed])):
                yield found


def _fitted(subject: Subject, problem: Problem) -> Problem | None:
    """The problem with a dy of the shape of y: its first places, or zeros where there are none."""
    (step,) = problem.steps
    if "dy" not in step.given:
        return problem
    given = {name: x for name, x in step.given.items() if name != "dy"}
    forward = replace(problem, steps=[replace(step, given=given)], kind="layer")
    try:
        shape = shape_of_y(subject, forward)
    except (ArithmeticError, IndexError, ValueError):
        return None
    dy, old = np.zeros(shape), step.given["dy"]
    shared = tuple(slice(min(pair)) for pair in zip(shape, old.shape, strict=True))
    dy[shared] = old[shared]
    return replace(problem, steps=[replace(step, given={"dy": dy, **given})])


def _dimensions(subject: Subject, problem: Problem) -> list[Dimension]:
    (step,) = problem.steps
    tensors = {**problem.given, **step.given}
    find = _of_convolution if "w" in tensors else _of_normalization
    shapes = {name: x.shape for name, x in tensors.items()}
    found = find(subject, shapes, step.attributes)
    return [
        replace(one, axes={name: axis for name, axis in one.axes.items() if name in tensors})
        for one in found
    ]


def _of_convolution(
    subject: Subject, shapes: Mapping[str, Shape], attributes: Mapping[str, Any]
) -> Iterator[Dimension]:
    x, w = shapes["x"], shapes["w"]
    first = 0 if subject.layer not in ("conv", "conv_transpose") else 2
    if first:
        groups = attributes.get("groups", 1)
        rows, ingoing = w[0] // groups, x[1] // groups
        in_w, out_w, outgoing = (1, 1, 1), (0, groups, 1), rows
        if subject.layer == "conv_transpose":
            in_w, out_w, outgoing = out_w, in_w, w[1]
        yield Dimension(x[0], {"x": (0, 1, 1), "dy": (0, 1, 1)})
        if "groups" in attributes:
            whole = {"b": (0, 1, outgoing), "dy": (1, 1, outgoing), "w": (0, 1, rows)}
            yield Dimension(groups, {"x": (1, 1, ingoing), **whole}, "groups")
        yield Dimension(ingoing, {"x": (1, groups, 1), "w": in_w})
        yield Dimension(outgoing, {"w": out_w, "b": (0, groups, 1), "dy": (1, groups, 1)})
    for name, shape in (("x", x), ("w", w)):
        for axis in range(first, len(shape)):
            yield Dimension(shape[axis], {name: (axis, 1, 1)})


def _of_normalization(
    subject: Subject, shapes: Mapping[str, Shape], attributes: Mapping[str, Any]
) -> Iterator[Dimension]:
    x = shapes["x"]
    images = [Dimension(n, _both(axis, 1, 1)) for axis, n in enumerate(x)]
    if "axis" in attributes:
        first = len(x) - 1 if subject.entry.dialect == "feature" else attributes["axis"]
        for axis, n in enumerate(x):
            own = dict.fromkeys(_AFFINE, (axis - first, 1, 1)) if axis >= first else {}
            yield Dimension(n, _both(axis, 1, 1) | own)
        return
    if subject.layer == "group_norm":
        groups = attributes["groups"]
        each = x[1] // groups
        affine, inner = (0, 1, each), dict.fromkeys(_AFFINE, (0, groups, 1))
        if subject.entry.dialect == "group_affine":
            affine, inner = (0, 1, 1), {}
        yield Dimension(groups, _both(1, 1, each) | dict.fromkeys(_AFFINE, affine), "groups")
        yield Dimension(each, _both(1, groups, 1) | inner)
        del images[1]
    else:
        images[1] = Dimension(x[1], _both(1, 1, 1) | dict.fromkeys(_CHANNELWISE, (0, 1, 1)))
    yield from images


def _both(*axis: int) -> dict[str, Axis]:
    """An axis that x and dy have."""
    first, blocks, each = axis
    return dict.fromkeys(("x", "dy"), (first, blocks, each))
