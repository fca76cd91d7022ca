"""Windows: the layout of a convolution, whose equations are written for one spatial axis.

An index of `symbols.PER_AXIS` stands for one index on every spatial axis, and an equation on such
indices, lengths and attributes holds on each of them. A sum over such an index runs over all axes,
and a condition on one must hold on every axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr, Indexed, IndexedBase, Symbol

from ..steps import Step
from . import symbols
from .exact import exact
from .interpret import Scope, per_axis, value
from .layout import Attributes, Layout, Tensors

Shape = tuple[Expr, ...]


@dataclass(frozen=True, eq=False)
class Windows(Layout):
    """The shapes of tensors, in sizes; a size per axis stands for one length on every axis.

    Sizes that are symbols are read off the given tensors; others are checked. `padding` comes as
    pairs and gives lo and hi.
    """

    shapes: Mapping[IndexedBase, Shape]
    attributes: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Say that equations hold on each axis, and what the shapes are."""
        return ("Every equation on places, lengths or attributes holds on each spatial axis.",)

    def known(self) -> frozenset[str]:
        """Name the sizes in the shapes, and what the attributes are called in equations."""
        sizes = {s.name for shape in self.shapes.values() for e in shape for s in e.free_symbols}
        given = set(self.attributes) - {"padding"}
        return frozenset(sizes | given | ({"lo", "hi"} if "padding" in self.attributes else set()))

    def run(
        self, steps: Sequence[Step], tensors: Tensors, attributes: Attributes
    ) -> dict[str, np.ndarray]:
        """Take the integer steps, then compute every tensor that has a shape and what it needs."""
        return _Run(self, tensors, attributes).take(steps)


class _Run:
    """One evaluation: integers by name, and elements of tensors as they are asked for."""

    def __init__(self, windows: Windows, tensors: Tensors, attributes: Attributes) -> None:
        self.shapes = {base.name: shape for base, shape in windows.shapes.items()}
        self.tensors = tensors
        self.steps: dict[str, Step] = {}
        self.known: dict[tuple[str, tuple[Any, ...]], Any] = {}
        whole = {name: a for name, a in tensors.items() if name not in self.shapes}
        self.scope = Scope({**whole, **_integers(attributes)}, self._element)
        for name, shape in self.shapes.items():
            if name in tensors:
                self._measure(name, shape, np.shape(tensors[name]))

    def _measure(self, name: str, shape: Shape, lengths: tuple[int, ...]) -> None:
        """Read sizes off a given tensor. Raises ValueError for one of another shape."""
        axes = len(lengths) - sum(not _spatial(size) for size in shape)
        if any(map(_spatial, shape)):
            self.scope = Scope(self.scope.values, self._element, axes)
        rest = list(lengths)
        for size in shape:
            spatial = _spatial(size)
            here = tuple(rest.pop(0) for _ in range(axes)) if spatial else rest.pop(0)
            if isinstance(size, Symbol) and size.name not in self.scope.values:
                self.scope = self.scope.having({size.name: here})
            elif not _defined(size, self.scope):
                continue
            elif per_axis(size, self.scope) != here:
                raise ValueError(f"{name} has a length of {here}, not {size}")

    def take(self, steps: Sequence[Step]) -> dict[str, np.ndarray]:
        """Take the steps."""
        for step in steps:
            if isinstance(step.target, Indexed):
                self.steps[step.target.base.name] = step
            else:
                number = per_axis(step.value, self.scope)
                if step.target in symbols.PER_AXIS and not isinstance(number, tuple):
                    number = (number,) * self.scope.axes
                self.scope = self.scope.having({step.target.name: number})
        return {name: self._array(name) for name in self.steps if name in self.shapes}

    def _array(self, name: str) -> np.ndarray:
        """Compute a whole tensor."""
        shape: list[Any] = []
        for size in self.shapes[name]:
            length = per_axis(size, self.scope)
            shape.append(length if isinstance(length, tuple) else (length,))
        array = np.empty(sum(shape, ()), dtype=object)
        for place in np.ndindex(*array.shape):
            rest = iter(place)
            indices = tuple(tuple(next(rest) for _ in part) for part in shape)
            spatial = map(_spatial, self.shapes[name])
            plain = (p if is_ else p[0] for p, is_ in zip(indices, spatial, strict=True))
            array[place] = exact(self._element(name, tuple(plain)))
        return array

    def _element(self, name: str, place: tuple[Any, ...]) -> Any:
        """Look an element up, or compute it by its step, once."""
        if name in self.tensors:
            flat = (index if isinstance(index, tuple) else (index,) for index in place)
            return self.tensors[name][sum(flat, ())]
        if (name, place) not in self.known:
            step = self.steps[name]
            indices = (str(index) for index in step.target.indices)
            scope = self.scope.having(dict(zip(indices, place, strict=True)))
            self.known[name, place] = value(step.value, scope)
        return self.known[name, place]


def _spatial(size: Expr) -> bool:
    """Tell whether a size stands for one length on every spatial axis."""
    return any(s in symbols.PER_AXIS for s in size.free_symbols)


def _defined(size: Expr, scope: Scope) -> bool:
    """Tell whether all that a size follows from is known."""
    return all(s.name in scope.values for s in size.free_symbols)


def _integers(attributes: Attributes) -> dict[str, Any]:
    """Give the attributes as equations name them."""
    integers = dict(attributes)
    pairs = integers.pop("padding", None)
    if pairs is not None:
        integers["lo"], integers["hi"] = (tuple(end) for end in zip(*pairs, strict=True))
    return {name: tuple(a) if isinstance(a, list) else a for name, a in integers.items()}
