"""Claims 33 and 36: cross-correlation does not commute; its gradient by x is a true convolution."""

from typing import Any

import numpy as np
from sympy import Function, symbols

from ...claim import Claim, Refuted
from ...convolutions import conv, convolution, cross_correlation
from ...proofs.arrays import Same
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ..convolving import (
    KERNELS,
    Array,
    array,
    arrays_backward,
    for_sizes,
    given,
    gradients,
    in_each,
    joined,
    run,
)
from .convolution import COMMUTES

f, g = Function("f"), Function("g")
h, u, z = symbols("h u z", real=True)
FIRST, SECOND = [1, 0], [0, 1]


def full(x: Any, w: Any) -> Array:
    """Correlate two arrays at all offsets."""
    return run(cross_correlation.full, x, w)


def swapped(size: int) -> tuple[Array, Array]:
    """Correlate 4 values with so many, and the other way round, read backwards."""
    x, w = array("x", 4), array("w", size)
    plane, tile = array("x", 2, 4), array("w", 2, size)
    return (
        joined(full(plane, tile), full(x, w)),
        joined(np.flip(full(tile, plane)), np.flip(full(w, x))),
    )


def layers(size: int) -> tuple[Array, Array]:
    """Compare the layer on one channel with cross-correlation, and with a turned convolution."""
    x, w = array("x", 5), array("w", size)
    y = run(conv.zeros, x.reshape(1, 1, 5), w.reshape(1, 1, size))
    return joined(y, y), joined(
        run(cross_correlation.valid, x, w), run(convolution.valid, x, np.flip(w))
    )


def by_input(size: int) -> tuple[Array, Array]:
    """Compare dx with the true convolution of dy and w."""
    tensors = given(cross_correlation.valid, (5,), (size,))
    found = gradients(cross_correlation.valid, tensors)["dx"]
    return joined(found), joined(run(convolution.full, tensors["dy"], tensors["w"]))


def by_kernel(size: int) -> tuple[Array, Array]:
    """Compare dw with the cross-correlation of x and dy."""
    tensors = given(cross_correlation.valid, (5,), (size,))
    found = gradients(cross_correlation.valid, tensors)["dw"]
    return joined(found), joined(run(cross_correlation.valid, tensors["x"], tensors["dy"]))


GRADIENTS = Claim(
    36,
    "gradients",
    "In the valid dialect $dx$ is the full true convolution of $dy$ and $w$, and $dw$ the valid "
    "cross-correlation of $x$ and $dy$. In every dialect the backward steps give the derivative of "
    "the sum of $dy$ times $y$. Tried on 5 values, and on planes.",
    (
        for_sizes(
            "$dx$, by differentiating, and the true convolution: one element of each",
            by_input,
            KERNELS,
        ),
        for_sizes("$dw$, and the cross-correlation: one element of each", by_kernel, KERNELS),
        in_each(cross_correlation.RULE.dialects, arrays_backward, ", on lines and planes"),
    ),
)

COMMUTES_NOT = Refuted(
    33,
    "operands-commute",
    r"For $(f \star g)(u) = \int f(z)\, g(u + z)\, dz$ the operands commute.",
    (
        Equal(
            r"at $u$, $f \star g$ adds up the left side over all $z$; put $z = h - u$, and it adds "
            r"up the right side over all $h$, as $g \star f$ does at $-u$",
            f(z) * g(u + z),
            g(h) * f(h - u),
            given={z: h - u},
        ),
        for_sizes("the rule itself, on lines and planes: one element of each", swapped, KERNELS),
        Same(
            "arrays of one element each do commute: no counterexample is smaller",
            lambda: (full(array("x", 1), array("w", 1)), full(array("w", 1), array("x", 1))),
        ),
        *COMMUTES.proof,
        for_sizes(
            "the layer that is called convolution, and cross-correlation: one element of each",
            layers,
            KERNELS,
        ),
    ),
    counterexample=Fails(
        "$f = (1, 0)$ and $g = (0, 1)$, at the offset 1",
        full(SECOND, FIRST)[2],
        "=",
        full(FIRST, SECOND)[2],
    ),
    truth=r"$(f \star g)(u) = (g \star f)(-u)$. This is cross-correlation, which frameworks "
    r"compute and call convolution; true convolution, $\int f(z)\, g(u - z)\, dz$, commutes.",
)

CLAIMS = (COMMUTES_NOT, GRADIENTS)
