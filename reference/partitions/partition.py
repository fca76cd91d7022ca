"""Partitions: which elements of a tensor make a group, and which share a gamma and a beta.

Integers only. Tensors have samples first and channels second; positions are those of a flattened
tensor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

Shape = tuple[int, ...]
Index = tuple[int, ...]


@dataclass(frozen=True)
class Blocks:
    """A tensor's positions in blocks, which are counted in a shape of their own."""

    shape: Shape
    positions: list[list[int]]


@dataclass(frozen=True)
class Partition:
    """A tensor's shape, its groups, and the blocks of elements that share a parameter."""

    shape: Shape
    groups: Blocks
    sharing: Blocks


def channels(shape: Shape) -> Partition:
    """A channel is a group."""
    return _partition(shape, shape[1:2], lambda i: i[1:2], shape[1:2], lambda i: i[1:2])


def instances(shape: Shape) -> Partition:
    """A channel of a sample is a group."""
    return _partition(shape, shape[:2], lambda i: i[:2], shape[1:2], lambda i: i[1:2])


def repeated(shape: Shape) -> Partition:
    """A channel of a sample is a group, and has a parameter of its own."""
    return _partition(shape, shape[:2], lambda i: i[:2], shape[:2], lambda i: i[:2])


def contiguous(shape: Shape, groups: int) -> Partition:
    """Neighbouring channels of a sample are a group.

    >>> contiguous((1, 4, 1), 2).groups.positions
    [[0, 1], [2, 3]]
    """
    size = shape[1] // groups
    group = (shape[0], groups), lambda i: (i[0], i[1] // size)
    return _partition(shape, *group, shape[1:2], lambda i: i[1:2])


def interleaved(shape: Shape, groups: int) -> Partition:
    """Channels of a sample whose numbers are congruent are a group.

    >>> interleaved((1, 4, 1), 2).groups.positions
    [[0, 2], [1, 3]]
    """
    group = (shape[0], groups), lambda i: (i[0], i[1] % groups)
    return _partition(shape, *group, shape[1:2], lambda i: i[1:2])


def shared(shape: Shape, groups: int) -> Partition:
    """Neighbouring channels of a sample are a group, and share a parameter."""
    size = shape[1] // groups
    group = (shape[0], groups), lambda i: (i[0], i[1] // size)
    return _partition(shape, *group, (groups,), lambda i: (i[1] // size,))


def trailing(shape: Shape, axis: int) -> Partition:
    """The axes from `axis` on make a group; each of its elements has a parameter of its own."""
    return _partition(shape, shape[:axis], lambda i: i[:axis], shape[axis:], lambda i: i[axis:])


def last(shape: Shape, axis: int) -> Partition:
    """The axes from `axis` on make a group; elements share parameters along all but the last."""
    return _partition(shape, shape[:axis], lambda i: i[:axis], shape[-1:], lambda i: i[-1:])


def _partition(
    shape: Shape,
    groups: Shape,
    group: Callable[[Index], Index],
    parameters: Shape,
    parameter: Callable[[Index], Index],
) -> Partition:
    return Partition(shape, _blocks(shape, groups, group), _blocks(shape, parameters, parameter))


def _blocks(shape: Shape, blocks: Shape, block: Callable[[Index], Index]) -> Blocks:
    """Put each element into the block that its index belongs to."""
    positions: list[list[int]] = [[] for _ in range(prod(blocks))]
    for place, index in enumerate(np.ndindex(shape)):
        positions[np.ravel_multi_index(block(index), blocks)].append(place)
    return Blocks(blocks, positions)
