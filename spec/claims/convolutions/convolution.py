"""Claims about true convolution: its factors commute, and a derivative falls on either of them.

Differences stand for derivatives where the index is discrete. A piecewise polynomial is a sum of
truncated powers, $(u - c)^p$ from $c$ on and 0 before: I. J. Schoenberg, Contributions to the
problem of approximation of equidistant data by analytic functions, Quart. Appl. Math. 4 (1946).
"""

from typing import Any

from sympy import Expr, Function, IndexedBase, Sum, Symbol, diff, factorial, integrate, symbols

from ...claim import Claim
from ...convolutions import convolution
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ..convolving import KERNELS, Array, array, for_sizes, joined, run

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


COMMUTES = Claim(
    33,
    "commutes",
    r"True convolution, $(f * g)(u) = \int f(z)\, g(u - z)\, dz$, commutes.",
    (
        Equal(
            "put $z = u - h$: the integral is the same, with $f$ and $g$ in each other's place; so "
            "are sums over all integers",
            (f(z) * g(u - z)).subs(z, u - h),
            g(h) * f(u - h),
        ),
        for_sizes(
            "the rule itself, on lines of 4 values and so many, and on planes", swapped, KERNELS
        ),
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
            "the rule itself, on 4 values and so many: a difference is a convolution with (1, -1)",
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
            "only a bounded part of $g$ matters near a point, so both are sums of shifted powers "
            "that are 0 on the left, $g$ of powers above 0 as it does not jump; integrate this "
            "over $z$ from 0 to $y$: two powers have the convolution of any two of the same sum",
            diff(power(z, p + 1) * power(y - z, q + 1), z),
            power(z, p) * power(y - z, q + 1) - power(z, p + 1) * power(y - z, q),
        ),
        Equal(
            r"it is $y^{p+q+1} / (p+q+1)!$, as that is the one with the power 0",
            integrate(z ** (p + q), (z, 0, y)) / factorial(p + q),
            power(y, p + q + 1),
        ),
        Equal("where the power of $g$ is $q+1$", diff(power(y, q + 1), y), power(y, q)),
        Equal(
            "the derivative of the convolution is the convolution with that",
            diff(power(y, p + q + 2), y),
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

CLAIMS = (COMMUTES, DISCRETE, DERIVATIVE)
