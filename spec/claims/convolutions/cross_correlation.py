"""Claim 33: cross-correlation does not commute; turned around, it does."""

from typing import Any

import numpy as np
from sympy import Function, symbols

from ...claim import Refuted
from ...convolutions import conv, convolution, cross_correlation
from ...proofs.arrays import Same
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ..convolving import KERNELS, Array, array, for_sizes, joined, run
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


COMMUTES_NOT = Refuted(
    33,
    "operands-commute",
    r"For $(f \star g)(u) = \int f(z)\, g(u + z)\, dz$ the operands commute.",
    (
        Equal(
            "in the integral put $z = h - u$",
            (f(z) * g(u + z)).subs(z, h - u),
            g(h) * f(-u + h),
        ),
        for_sizes(
            "the rule itself, on lines of 4 values and so many, and on planes", swapped, KERNELS
        ),
        Same(
            "one value each commutes: no counterexample is smaller",
            lambda: (full(array("x", 1), array("w", 1)), full(array("w", 1), array("x", 1))),
        ),
        *COMMUTES.proof,
        for_sizes("the layer that is called convolution is cross-correlation", layers, KERNELS),
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

CLAIMS = (COMMUTES_NOT,)
