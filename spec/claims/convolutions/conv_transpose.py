"""Claim 36: transposed convolution is the adjoint of convolution.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...claim import Claim
from ...convolutions import conv
from ...convolutions.conv_transpose import RULE, adjoint, unflipped
from ...tensors.algebra import generators
from ...tensors.layer import Layer
from ..convolving import (
    KERNELS,
    Array,
    Problem,
    Shape,
    backward,
    for_sizes,
    in_each,
    joined,
    run,
)
from . import conv_transpose_errata, conv_transpose_places

FORWARD = {"adjoint": conv.zeros, "same": conv.same_upper, "valid": conv.valid}
"""The convolution that each dialect is the adjoint of."""
LINES = (
    ((1,), (1,), 1, ((0, 0),)),
    ((1,), (2,), 2, ((2, 1),)),
    ((2,), (1,), 1, ((2, 1),)),
    ((2,), (2,), 2, ((2, 1),)),
    ((3,), (2,), 1, ((0, 1),)),
)
PLANE = ((2, 1), (1, 2), 2, ((2, 1), (0, 1)))
"""Stride, dilation, groups and padding of what is tried."""


def problems(size: int) -> Iterator[Problem]:
    """Give shapes of y and w, and attributes; on lines with every output padding."""
    for stride, dilation, groups, padding in LINES:
        for extra in range(*stride):
            chosen = named(stride, dilation, groups, padding, (extra,))
            yield (1, 2, 4), (2, 2 // groups, size), chosen
    yield (1, 2, 3, 2), (2, 1, size, 2), named(*PLANE, (1, 0))


def named(
    stride: Shape, dilation: Shape, groups: int, padding: Any, output_padding: Shape
) -> dict[str, Any]:
    """Name the attributes."""
    return {
        "stride": stride,
        "dilation": dilation,
        "groups": groups,
        "padding": padding,
        "output_padding": output_padding,
    }


def pairings(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Pair a convolution of x with y, and x with what the dialect makes of y."""
    left, right = [], []
    for y, w, attributes in problems(size):
        taken = {name: a for name, a in attributes.items() if name in dialect.attributes}
        x = run(dialect, np.zeros(y, dtype=int), np.zeros(w, dtype=int), **taken).shape
        made = generators({"x": x, "y": y, "w": w})
        forward = {name: value for name, value in taken.items() if name != "output_padding"}
        convolved = run(FORWARD[dialect.name], made["x"], made["w"], **forward)
        left.append((convolved * made["y"]).sum())
        right.append((made["x"] * run(dialect, made["y"], made["w"], **taken)).sum())
    return joined(left), joined(right)


def turned(size: int) -> tuple[Array, Array]:
    """Compare unflipped with adjoint and a kernel that is turned around on both axes."""
    made = generators({"x": (1, 2, 3, 2), "w": (2, 3, size, 2)})
    attributes = {"stride": (2, 1), "dilation": (1, 2), "padding": ((0, 1), (1, 0))}
    w = np.flip(made["w"], axis=(2, 3))
    return run(unflipped, made["x"], made["w"], **attributes), run(
        adjoint, made["x"], w, **attributes
    )


def by_the_rule(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Compare the backward steps with the derivative of the forward ones."""
    tried: tuple[Problem, ...] = (
        ((1, 4, 2), (4, 2, size), named((2,), (2,), 2, ((2, 1),), (1,))),
        ((2, 1, 2), (1, 2, size), named((3,), (1,), 1, ((0, 1),), (2,))),
        ((1, 2, 2, 3), (2, 1, size, 2), named(*PLANE, (1, 0))),
    )
    return backward(dialect, tried)


ADJOINT = Claim(
    36,
    "adjoint",
    r"$\langle C(x, w), y \rangle = \langle x, T(y, w) \rangle$ for convolution $C$ and its "
    "transpose $T$: adjoint belongs to zeros, with as much output padding as makes $T(y, w)$ as "
    "long as $x$; same to same_upper, where $x$ is as long as $y$ times the stride; valid to "
    "valid. So $T$ is the gradient of $C$ with respect to $x$, and the other way round. Tried "
    "with stride and dilation up to 2 together, stride 3, groups, asymmetric padding, and on a "
    "plane.",
    (in_each(map(RULE.dialect, FORWARD), pairings, ", on lines and a plane"),),
)

TURNED = Claim(
    36,
    "unflipped",
    "The unflipped dialect is the adjoint with a kernel that is turned around along every spatial "
    "axis.",
    (for_sizes("on two axes, kernels of 2 times so many elements", turned, KERNELS),),
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

CLAIMS = (
    *conv_transpose_places.CLAIMS,
    ADJOINT,
    TURNED,
    CLOSED_FORM,
    *conv_transpose_errata.CLAIMS,
)
