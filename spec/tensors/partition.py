"""Partitions: the one notion that all normalizations share.

A normalization is told by which elements of x are normalized together, and which share a scale and
a shift; running statistics are shared by groups. All of it is said by labels: elements with one
label belong together. Equations are written for one group, one parameter, one statistic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..steps import Step
from . import symbols
from .exact import exact
from .interpret import Scope, value
from .layout import Attributes, Layout, Tensors
from .place import Label, Labels, Place, channel

PARAMETERS = ("gamma", "beta")
STATISTICS = ("running_mean", "running_var")
INDICES = frozenset(s.name for s in (symbols.i, symbols.j, symbols.s))
SIZES = frozenset(s.name for s in (symbols.n, symbols.m, symbols.N))


@dataclass(frozen=True)
class Partition(Layout):
    """Labels that say which elements form a group, and which share a parameter or a statistic.

    The label of a parameter or statistic is its place in the tensors gamma and beta, or
    running_mean and running_var. `grouped` and `shared` say the same in words, `affine` what
    is shared.
    """

    grouped: str
    group: Labels
    shared: str
    parameter: Labels
    statistic: Labels = channel
    attributes: tuple[str, ...] = ()
    affine: str = "Scale and shift"

    def words(self) -> tuple[str, ...]:
        """Say what a group is, and what shares a parameter."""
        return (f"A group is {self.grouped}.", f"{self.affine}: {self.shared}.")

    def known(self) -> frozenset[str]:
        """Name the sizes n, m, N and the indices i, j, s."""
        return INDICES | SIZES

    def blocks(self, label: Labels, shape: Label, attributes: Attributes) -> dict[Label, list]:
        """List the elements, in order, under each label."""
        found: dict[Label, list[Label]] = {}
        for index in np.ndindex(*shape):
            found.setdefault(label(Place(index, shape, attributes)), []).append(index)
        return found

    def parameters(self, shape: Label, attributes: Attributes) -> dict[str, Label]:
        """Give the shapes of gamma, beta and the running statistics."""
        labels = {PARAMETERS: self.parameter, STATISTICS: self.statistic}
        blocks = {names: self.blocks(label, shape, attributes) for names, label in labels.items()}
        return {name: _extent(found) for names, found in blocks.items() for name in names}

    def run(
        self, steps: Sequence[Step], tensors: Tensors, attributes: Attributes
    ) -> dict[str, np.ndarray]:
        """Take the steps, each for all groups, parameters or statistics."""
        return _Run(self, tensors, attributes).take(steps)


class _Run:
    """One evaluation: the blocks of elements, and every value by name and label."""

    def __init__(self, partition: Partition, tensors: Tensors, attributes: Attributes) -> None:
        shape = np.shape(tensors["x"])
        labels = (partition.group, partition.parameter, partition.statistic)
        blocks = [partition.blocks(label, shape, attributes) for label in labels]
        self.groups, self.parameters, self.statistics = blocks
        self.names = [
            {index: label for label, block in found.items() for index in block} for found in blocks
        ]
        self.values: dict[str, Any] = dict(tensors)

    def take(self, steps: Iterable[Step]) -> dict[str, np.ndarray]:
        """Take the steps in order."""
        results = {}
        for step in steps:
            target = step.target
            if hasattr(target, "base"):
                name, found = target.base.name, self._of_elements(step)
            elif target.name in symbols.GRADIENTS:
                name, found = target.name, self._each(step, self.parameters, self._in_parameter)
            elif target.name in symbols.BATCH:
                name, found = target.name, self._each(step, self.statistics, self._in_statistic)
            else:
                name, found = target.name, self._each(step, self.groups, self._in_group)
            self.values[name] = found
            if hasattr(target, "base") or target.name not in symbols.GROUP:
                results[symbols.before(name)] = _array(found)
        return results

    def _each(self, step: Step, blocks: dict, scope: Callable) -> dict[Label, Any]:
        """Compute a number for every block."""
        return {label: value(step.value, scope(block)) for label, block in blocks.items()}

    def _of_elements(self, step: Step) -> dict[Label, Any]:
        """Compute a number for every element."""
        found, index = {}, step.target.indices[0].name
        for block in self.groups.values():
            scope = self._in_group(block)
            for position, element in enumerate(block, start=1):
                found[element] = value(step.value, scope.having({index: position}))
        return found

    def _in_group(self, block: list[Label]) -> Scope:
        """What symbols mean in equations on one group."""
        known = self._numbers(block[0])
        return _scope({**known, "n": len(block)}, self._element(block))

    def _in_parameter(self, block: list[Label]) -> Scope:
        """What symbols mean in equations on one parameter: its elements are numbered."""
        return _scope({"m": len(block)}, self._element(block))

    def _in_statistic(self, block: list[Label]) -> Scope:
        """What symbols mean in equations on one statistic: its groups are numbered."""
        sharing = list(dict.fromkeys(self.names[0][element] for element in block))
        known = self._numbers(block[0]) if len(sharing) == 1 else self._statistic(block[0])
        sizes = {"n": len(self.groups[sharing[0]]), "N": len(sharing)}
        return _scope(
            {**known, **sizes}, lambda name, place: self.values[name][sharing[place[0] - 1]]
        )

    def _element(self, block: list[Label]) -> Callable[[str, tuple[Any, ...]], Any]:
        """Look up elements by their number within a block."""

        def look_up(name: str, place: tuple[Any, ...]) -> Any:
            element = block[place[0] - 1]
            where = self.names[1][element] if name in PARAMETERS else element
            return self.values[name][where]

        return look_up

    def _numbers(self, element: Label) -> dict[str, Any]:
        """Give the numbers of an element's group and statistic."""
        group = self.names[0][element]
        of_group = {s: self.values[s][group] for s in symbols.GROUP if s in self.values}
        return {**self._statistic(element), **of_group}

    def _statistic(self, element: Label) -> dict[str, Any]:
        """Give the numbers of an element's statistic, and those of the whole layer."""
        where = self.names[2][element]
        known = {s: self.values[s][where] for s in symbols.BATCH if s in self.values}
        whole = {s: self.values[s] for s in symbols.WHOLE if s in self.values}
        return {**known, **whole}


def _scope(values: dict[str, Any], element: Callable[[str, tuple[Any, ...]], Any]) -> Scope:
    """Make a scope in which indices count elements: there is one line of them, and no axes."""
    return Scope(values, element, axes=1, axis=0)


def _array(found: dict[Label, Any]) -> np.ndarray:
    """Make an array of values by their places."""
    array = np.empty(_extent(found), dtype=object)
    for place, number in found.items():
        array[place] = exact(number)
    return array


def _extent(found: Iterable[Label]) -> Label:
    """Give the shape of a tensor that has these places."""
    return tuple(max(axis) + 1 for axis in zip(*found, strict=True))
