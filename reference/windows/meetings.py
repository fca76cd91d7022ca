"""Where a kernel meets an image: which element of x meets which of w for each element of y.

Integers only. Tensors have planes (sample and channel, the first two axes) and places (all axes
after them). A meeting is a triple of positions (y, x, w) where y gathers x * w: planes meet, and
places meet, and every meeting of planes comes with every meeting of places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

Shape = tuple[int, ...]
Triple = tuple[int, int, int]
Positions = list[int]
Pads = Sequence[tuple[int, int]]
Outside = Callable[[int, int], int | None]

Y, X, W = 0, 1, 2
OUTSIDE = -1


@dataclass(frozen=True)
class Meetings:
    """The shapes of y, x and w, and the meetings of their planes and of their places."""

    shapes: tuple[Shape, Shape, Shape]
    planes: Sequence[Triple]
    places: Sequence[Triple]

    def flipped(self) -> Meetings:
        """The same meetings with a kernel that is reversed along every axis."""
        last = prod(self.shapes[W][2:]) - 1
        return Meetings(self.shapes, self.planes, [(y, x, last - w) for y, x, w in self.places])

    def of(
        self, target: int, left: int, right: int
    ) -> Iterator[tuple[Positions, Positions, Positions]]:
        """For each element of one tensor, in order, the pairs of the two others that meet in it.

        Positions are those of flattened tensors. The element of `left` may be OUTSIDE, the one of
        `right` is not. The third list has every element of the planes of `left` that take part.
        """
        shapes = self.shapes
        planes = _gathered(self.planes, prod(shapes[target][:2]), target, left, right)
        places = _gathered(self.places, prod(shapes[target][2:]), target, left, right)
        a, b = prod(shapes[left][2:]), prod(shapes[right][2:])
        for of_planes, of_places in product(planes, places):
            pairs = list(product(of_planes, of_places))
            yield (
                [OUTSIDE if i == OUTSIDE else p * a + i for (p, _), (i, _) in pairs],
                [q * b + j for (_, q), (_, j) in pairs],
                [p * a + i for p in sorted({p for p, _ in of_planes}) for i in range(a)],
            )


def size(length: int, kernel: int, stride: int, dilation: int, pads: tuple[int, int]) -> int:
    """How many places a kernel has along an axis; 0 where it does not fit.

    >>> size(5, 3, 2, 1, (1, 0)), size(2, 3, 1, 1, (0, 0))
    (2, 0)
    """
    return max((length + sum(pads) - dilation * (kernel - 1) - 1) // stride + 1, 0)


def nothing(j: int, length: int) -> int | None:
    """What stands at place j of an axis: an element, or outside of it None, for a zero."""
    return j if 0 <= j < length else None


def slide(
    x: Shape,
    w: Shape,
    groups: int,
    stride: Sequence[int],
    dilation: Sequence[int],
    padding: Pads,
    outside: Outside = nothing,
) -> Meetings:
    """A kernel w (O, C/groups, *K) slides over an image x (N, C, *S) with its padding."""
    axes = zip(x[2:], w[2:], stride, dilation, padding, strict=True)
    sizes = tuple(size(*axis) for axis in axes)
    lows = [low for low, _ in padding]
    places = _places(sizes, x[2:], w[2:], stride, dilation, lows, outside)
    return Meetings(((x[0], w[0], *sizes), x, w), _planes(x[0], w, groups), places)


def padded(x: Shape, padding: Pads, outside: Outside) -> Meetings:
    """An image x (N, C, *S) and its padded image y, as a kernel of one element for each channel."""
    one = [1] * (len(x) - 2)
    return slide(x, (x[1], 1, *one), x[1], one, one, padding, outside)


def spread(
    x: Shape,
    w: Shape,
    groups: int,
    stride: Sequence[int],
    dilation: Sequence[int],
    lows: Sequence[int],
    sizes: Sequence[int],
) -> Meetings:
    """Every element of x (N, C, *S) spreads a kernel w (C, O/groups, *K) over y, of these sizes.

    `lows` are how far y is cut at the beginning of each axis.
    """
    planes = _planes(x[0], w, groups)
    places = _places(x[2:], sizes, w[2:], stride, dilation, lows, nothing)
    shapes = ((x[0], w[1] * groups, *sizes), x, w)
    return Meetings(shapes, *([(j, i, k) for i, j, k in met] for met in (planes, places)))


def _planes(samples: int, w: Shape, groups: int) -> list[Triple]:
    """A group's outputs meet the group's inputs; w has a plane for each such pair."""
    outputs, inputs = w[:2]
    share = outputs // groups
    return [
        (s * outputs + o, s * inputs * groups + o // share * inputs + c, o * inputs + c)
        for s, o, c in product(range(samples), range(outputs), range(inputs))
    ]


def _places(
    counts: Sequence[int],
    lengths: Sequence[int],
    kernels: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    lows: Sequence[int],
    outside: Outside,
) -> list[Triple]:
    """Step i along an axis finds element k of the kernel at place j = stride i + dilation k - low.

    Either step or place may be OUTSIDE, where the other is not.
    """
    triples: list[Triple] = [(0, 0, 0)]
    axes = zip(counts, lengths, kernels, stride, dilation, lows, strict=True)
    for count, length, kernel, s, d, low in axes:
        axis = [
            met for k in range(kernel) for met in _met(count, length, k, s, d * k - low, outside)
        ]
        triples = [
            (_joined(y, i, count), _joined(x, j, length), w * kernel + k)
            for (y, x, w), (i, j, k) in product(triples, axis)
        ]
    return triples


def _met(
    count: int, length: int, k: int, stride: int, first: int, outside: Outside
) -> Iterator[Triple]:
    """Each step along an axis with the place it finds: `first`, and on from there by the stride."""
    for i in range(min(0, -(first // stride)), max(count, -(-(length - first) // stride))):
        is_step = 0 <= i < count
        j = (outside if is_step else nothing)(stride * i + first, length)
        if is_step or j is not None:
            yield (i if is_step else OUTSIDE), (OUTSIDE if j is None else j), k


def _joined(position: int, place: int, length: int) -> int:
    """A position with a further axis; once outside, always outside."""
    return OUTSIDE if OUTSIDE in (position, place) else position * length + place


def _gathered(
    triples: Sequence[Triple], count: int, target: int, left: int, right: int
) -> list[list[tuple[int, int]]]:
    met: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for triple in triples:
        if OUTSIDE not in (triple[target], triple[right]):
            met[triple[target]].append((triple[left], triple[right]))
    return met
