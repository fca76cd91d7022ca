"""Claim 36: the gradients of a convolution are convolutions.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4.
"""

from functools import cache
from typing import Any

import numpy as np

from ...claim import Claim
from ...convolutions import cross_correlation
from ...convolutions.conv import RULE, zeros
from ...tensors.layer import Layer
from ..convolving import (
    KERNELS,
    Array,
    Problem,
    Shape,
    backward,
    for_sizes,
    given,
    gradients,
    in_each,
    joined,
    run,
)

LINES = (
    ((1,), (1,), 1, ((0, 0),)),
    ((1,), (2,), 2, ((2, 1),)),
    ((2,), (1,), 1, ((2, 1),)),
    ((2,), (2,), 2, ((2, 1),)),
    ((3,), (1,), 2, ((0, 2),)),
)
PLANE = ((2, 1), (1, 2), 2, ((2, 1), (0, 1)))
"""Stride, dilation, groups and padding of what is tried."""


def named(stride: Shape, dilation: Shape, groups: int, padding: Any) -> dict[str, Any]:
    """Name the attributes."""
    return {"stride": stride, "dilation": dilation, "groups": groups, "padding": padding}


@cache
def problems(size: int) -> tuple[tuple[dict[str, Array], dict[str, Any], dict[str, Array]], ...]:
    """Give tensors, attributes and gradients for kernels of a size, on lines and on a plane."""
    shapes = [((2, 2, 6), (2 * line[2], 2 // line[2], size), named(*line)) for line in LINES]
    shapes.append(((1, 2, 4, 3), (4, 1, size, 2), named(*PLANE)))
    made = [(given(zeros, x, w, **attributes), attributes) for x, w, attributes in shapes]
    return tuple((*both, gradients(zeros, both[0], **both[1])) for both in made)


def spread(values: Array, steps: Shape) -> Array:
    """Put zeros between the elements of the last axes."""
    lengths = values.shape[-len(steps) :]
    wide = [(length - 1) * step + 1 for length, step in zip(lengths, steps, strict=True)]
    made = np.zeros((*values.shape[: -len(steps)], *wide), dtype=object)
    made[..., *(slice(None, None, step) for step in steps)] = values
    return made


def cut(values: Array, padding: Any, lengths: Shape) -> Array:
    """Leave the first `lo` elements of each axis away, and all after so many; 0 where none are."""
    room = np.zeros([a + b for a, b in zip(values.shape, lengths, strict=True)], dtype=object)
    room[tuple(map(slice, values.shape))] = values
    ends = zip(padding, lengths, strict=True)
    return room[tuple(slice(lo, lo + length) for (lo, _), length in ends)]


def by_input(size: int) -> tuple[Array, Array]:
    """Compare dx with the full correlation of the spread dy with the turned kernel."""
    left, right = [], []
    for tensors, attributes, derivative in problems(size):
        stride, dilation, groups, padding = attributes.values()
        dy, kernel = spread(tensors["dy"], stride), spread(tensors["w"], dilation)
        turned = np.flip(kernel, axis=tuple(range(2, kernel.ndim)))
        outputs, inputs = len(turned) // groups, turned.shape[1]
        for n, c in np.ndindex(tensors["x"].shape[:2]):
            first = c // inputs * outputs
            seen_by = range(first, first + outputs)
            pairs = ((dy[n, o], turned[o, c % inputs]) for o in seen_by)
            whole = sum(run(cross_correlation.full, *pair) for pair in pairs)
            left.append(derivative["dx"][n, c])
            right.append(cut(whole, padding, tensors["x"].shape[2:]))
    return joined(*left), joined(*right)


def by_kernel(size: int) -> tuple[Array, Array]:
    """Compare dw with x convolved with dy: samples as channels, stride and dilation exchanged."""
    left, right = [], []
    for tensors, attributes, derivative in problems(size):
        stride, dilation, groups, padding = attributes.values()
        x, dy = (np.swapaxes(tensors[name], 0, 1) for name in ("x", "dy"))
        found = run(zeros, x, dy, stride=dilation, dilation=stride, padding=padding)
        outputs, inputs, *lengths = tensors["w"].shape
        for o in range(outputs):
            first = o // (outputs // groups) * inputs
            left.append(derivative["dw"][o])
            right.append(found[first : first + inputs, o, *map(slice, lengths)])
    return joined(*left), joined(*right)


def by_bias(size: int) -> tuple[Array, Array]:
    """Compare db with the sum of dy over samples and places."""
    left, right = [], []
    for tensors, _, derivative in problems(size):
        dy = tensors["dy"]
        left.append(derivative["db"])
        right.append(dy.sum(axis=(0, *range(2, dy.ndim))))
    return joined(*left), joined(*right)


def by_the_rule(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Compare the backward steps with the derivative of the forward ones."""
    tried: tuple[Problem, ...] = (
        ((1, 4, 2 * size + 1), (4, 2, size), named((2,), (2,), 2, ((2, 1),))),
        ((2, 1, size + 2), (2, 1, size), named((3,), (1,), 1, ((0, 2),))),
        ((1, 2, 3, size + 1), (2, 1, 2, size), named((2, 1), (2, 1), 2, ((2, 1), (0, 1)))),
    )
    return backward(dialect, tried)


GRADIENTS = Claim(
    36,
    "gradients",
    "For convolution with zeros: $dx$ is the full cross-correlation of $dy$, spread out by the "
    "stride, with the turned kernel, cut by the padding; $dw$ is the cross-correlation of $x$ "
    "with $dy$, stride and dilation exchanged; $db$ is the sum of $dy$. Tried on 6 values and "
    "on a plane of 4 times 3, with stride and dilation up to 2 together, stride 3, groups and "
    "asymmetric padding.",
    (
        for_sizes(
            "$dx$, by differentiating, and that cross-correlation: one element of each",
            by_input,
            KERNELS,
        ),
        for_sizes("$dw$, likewise", by_kernel, KERNELS),
        for_sizes("$db$, likewise", by_bias, KERNELS),
    ),
)

CLOSED_FORM = Claim(
    36,
    "backward-steps",
    "The backward steps of every dialect give the derivatives of the sum of $dy$ times $y$ by $x$, "
    "$w$ and $b$. "
    "Tried with stride and dilation 2 in two groups, with stride 3 and on a plane, with asymmetric "
    "padding.",
    (in_each(RULE.dialects, by_the_rule, ", on lines and a plane"),),
)

CLAIMS = (GRADIENTS, CLOSED_FORM)
