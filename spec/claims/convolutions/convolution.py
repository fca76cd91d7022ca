"""Claims about true convolution: its factors commute, a derivative falls on either, its gradients.

Differences stand for derivatives where the index is discrete. A piecewise polynomial is a sum of
truncated powers, $(u - c)^p$ from $c$ on and 0 before: I. J. Schoenberg, Contributions to the
problem of approximation of equidistant data by analytic functions, Quart. Appl. Math. 4 (1946).
"""

from typing import Any

import numpy as np
from sympy import (
    Derivative,
    Expr,
    Function,
    IndexedBase,
    Sum,
    Symbol,
    diff,
    factorial,
    integrate,
    symbols,
)

from ...claim import Claim
from ...convolutions import convolution, cross_correlation
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

f, g = Function("f"), Function("g")
F, G = IndexedBase("f"), IndexedBase("g")
h, u, z = symbols("h u z", real=True)
y = Symbol("y", positive=True)
k, n = symbols("k n", integer=True)
m = Symbol("m", integer=True, positive=True)
p, q = symbols("p q", integer=True, nonnegative=True)
DIFFERENCE = [1, -1]


def full(x: Any, w: Any) -> Array:
    """Convolve two arrays that are 0 outside."""
    return run(convolution.full, x, w)


def power(base: Expr, exponent: Expr) -> Expr:
    """Give a power, divided so that its derivative is the next lower one."""
    return base**exponent / factorial(exponent)


def swapped(size: int) -> tuple[Array, Array]:
    """Convolve 4 values with so many, both ways round; in planes too."""
    x, w = array("x", 4), array("w", size)
    plane, tile = array("x", 2, 4), array("w", 2, size)
    return joined(full(plane, tile), full(x, w)), joined(full(tile, plane), full(w, x))


def differences(size: int) -> tuple[Array, Array]:
    """Take the difference of a convolution, and of either factor."""
    x, w = array("x", 4), array("w", size)
    whole = full(full(x, w), DIFFERENCE)
    return joined(whole, whole), joined(full(x, full(w, DIFFERENCE)), full(full(x, DIFFERENCE), w))


def by_input(size: int) -> tuple[Array, Array]:
    """Compare dx with the cross-correlation of dy and w."""
    tensors = given(convolution.valid, (5,), (size,))
    found = gradients(convolution.valid, tensors)["dx"]
    return joined(found), joined(run(cross_correlation.full, tensors["dy"], tensors["w"]))


def by_kernel(size: int) -> tuple[Array, Array]:
    """Compare dw with the cross-correlation of x and dy, read backwards."""
    tensors = given(convolution.valid, (5,), (size,))
    found = gradients(convolution.valid, tensors)["dw"]
    whole = run(cross_correlation.valid, tensors["x"], tensors["dy"])
    return joined(found), joined(np.flip(whole))


GRADIENTS = Claim(
    36,
    "gradients",
    "In the valid dialect $dx$ is the full cross-correlation of $dy$ and $w$, and $dw$ the valid "
    "cross-correlation of $x$ and $dy$, turned around. In every dialect the backward steps give "
    "the derivative of the sum of $dy$ times $y$. Tried on 5 values, and on planes.",
    (
        for_sizes(
            "$dx$, by differentiating, and the cross-correlation: one element of each",
            by_input,
            KERNELS,
        ),
        for_sizes(
            "$dw$, and the cross-correlation, turned around: one element of each",
            by_kernel,
            KERNELS,
        ),
        in_each(convolution.RULE.dialects, arrays_backward, ", on lines and planes"),
    ),
)

COMMUTES = Claim(
    33,
    "commutes",
    r"True convolution, $(f * g)(u) = \int f(z)\, g(u - z)\, dz$, commutes.",
    (
        Equal(
            "at $u$, $f * g$ adds up the left side over all $z$; put $z = u - h$, and it adds up "
            "the right side over all $h$, as $g * f$ does; sums over all integers go the same way",
            f(z) * g(u - z),
            g(h) * f(u - h),
            given={z: u - h},
        ),
        for_sizes("the rule itself, on lines and planes: one element of each", swapped, KERNELS),
    ),
)

DISCRETE = Claim(
    39,
    "difference-of-a-convolution",
    r"With $\Delta a_n = a_n - a_{n-1}$, the difference of a convolution is the convolution with a "
    r"difference: $\Delta (f * g) = f * \Delta g = \Delta f * g$, for $f$ of finite support.",
    (
        Equal(
            "for a support of any size; as convolution commutes, this is so for either factor",
            Sum(F[k] * G[n - k], (k, 0, m)) - Sum(F[k] * G[n - 1 - k], (k, 0, m)),
            Sum(F[k] * (G[n - k] - G[n - 1 - k]), (k, 0, m)),
        ),
        for_sizes(
            "the rule itself, where a difference is a convolution with (1, -1): one element of "
            "each",
            differences,
            KERNELS,
        ),
    ),
)

DERIVATIVE = Claim(
    39,
    "derivative-of-a-convolution",
    "For piecewise polynomials $f$ and $g$, $f$ of compact support and $g$ continuous, the "
    "derivative of $f * g$ is $f * g'$. Where $g$ jumps it is not so.",
    (
        Equal(
            "near a point only a bounded part of $g$ matters, so both are sums of shifted powers, "
            "$u^p / p!$, that are 0 on the left; $g$ has none with $p = 0$, as it does not jump. "
            "Take two powers, and integrate over $z$ from 0 to $y$: the left side becomes 0, so a "
            "power may go from one factor to the other",
            Derivative(power(z, p + 1) * power(y - z, q + 1), z),
            power(z, p) * power(y - z, q + 1) - power(z, p + 1) * power(y - z, q),
        ),
        Equal(
            r"so all may go to one factor, and the convolution of the powers $p$ and $q$ is",
            integrate(z ** (p + q), (z, 0, y)) / factorial(p + q),
            power(y, p + q + 1),
        ),
        Equal(
            "a derivative takes one power off, as it does of $g$, with the power $q + 1$",
            Derivative(power(y, q + 1), y),
            power(y, q),
        ),
        Equal(
            "and of the convolution of the powers $p$ and $q + 1$: that is the convolution of $p$ "
            "and $q$",
            Derivative(power(y, p + q + 2), y),
            power(y, p + q + 1),
        ),
        Fails(
            "the power 0 is a jump, and has the derivative 0 elsewhere; yet the derivative of its "
            "convolution with itself is not 0",
            diff(integrate(1, (z, 0, y)), y),
            "=",
            0,
        ),
    ),
)

CLAIMS = (COMMUTES, GRADIENTS, DISCRETE, DERIVATIVE)
