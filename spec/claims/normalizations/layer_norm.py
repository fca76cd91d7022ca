"""Claims about layer normalization, and about a normalized group as such.

What it is invariant under is in J. L. Ba, J. R. Kiros and G. E. Hinton, Layer normalization,
arXiv:1607.06450v1, section 5.1.
"""

import numpy as np
from sympy import Expr, Integer, Sum, Symbol, sqrt, sympify

from ...claim import Claim, Refuted
from ...normalizations.layer_norm import RULE, elementwise
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...tensors.evaluate import closed_form, forward
from ...tensors.symbols import eps, g, i, mean_g, mean_gx, mu, n, r, sigma2, x, xhat
from ..normalizing import VALUE, backward_claim, mean
from . import layer_norm_errata

a = Symbol("a", positive=True)
c = Symbol("c", real=True)
scale, shift = Symbol(r"\gamma", real=True), Symbol(r"\beta", real=True)
MEAN, VARIANCE = VALUE["mean"], VALUE["variance"]
ROOT, NORMALIZED, DX = VALUE["reciprocal"], VALUE["normalize"], VALUE["input-gradient"]
TAKEN = x[i]
"""What is replaced to give the equations another input."""


def product_sum(x: list[int], dy: list[int], eps: int) -> Expr:
    """Sum dx times the normalized input over one group of numbers, by the rule."""
    given = {"x": np.array([x], dtype=object), "dy": np.array([dy], dtype=object), "eps": eps}
    dx = closed_form(elementwise, (), given, {"axis": 1})["dx"]
    return sympify((dx * forward(elementwise, (), given, {"axis": 1})["y"]).sum())


MOMENTS = Claim(
    25,
    "mean-and-variance",
    r"Over its group $\hat{x}$ has mean $0$ and variance $\sigma^2 / (\sigma^2 + \varepsilon)$; a "
    r"scale and a shift that are constant over the group make them the shift, and the scale "
    "squared times as much.",
    (
        Equal("the mean of the normalized input", mean(NORMALIZED), r * (MEAN - mu)),
        Equal("which is 0", r * (MEAN - mu), 0, given={mu: MEAN}),
        Equal("the mean of its square", mean(NORMALIZED**2), r**2 * VARIANCE),
        Equal("which is", r**2 * sigma2, sigma2 / (sigma2 + eps), given={r: ROOT}),
        Equal(
            "the mean with scale and shift",
            mean(scale * xhat[i] + shift),
            scale * mean(xhat[i]) + shift,
        ),
        Equal(
            "the variance with them, about the shift",
            mean((scale * xhat[i] + shift - shift) ** 2),
            scale**2 * mean(xhat[i] ** 2),
        ),
    ),
)

INVARIANCE = Claim(
    26,
    "invariance",
    r"Adding $c$ to all elements of a group changes nothing. Multiplying them by $a > 0$ changes "
    r"nothing if $\varepsilon = 0$, and does otherwise.",
    (
        Equal("the mean moves along", MEAN.xreplace({TAKEN: a * x[i] + c}), a * MEAN + c),
        Equal(
            "the variance stays under a shift, and takes the square of a factor",
            VARIANCE.xreplace({TAKEN: a * x[i] + c, mu: a * mu + c}),
            a**2 * VARIANCE,
        ),
        Equal(
            r"so $\hat{x}$, shifted by $c$, stays, with any eps",
            NORMALIZED.subs(r, ROOT).xreplace({TAKEN: x[i] + c, mu: mu + c}),
            NORMALIZED.subs(r, ROOT),
        ),
        Equal(
            r"$\hat{x}$, scaled by $a$, stays with eps = 0",
            NORMALIZED.subs(r, ROOT).xreplace({TAKEN: a * x[i], mu: a * mu, sigma2: a**2 * sigma2}),
            NORMALIZED.subs(r, ROOT),
            given={eps: 0},
        ),
        Fails(
            "scaled, with eps: of $-1, 1$ and of $-2, 2$, normalized, the last element",
            NORMALIZED.subs(r, ROOT).xreplace({TAKEN: a, sigma2: a**2}),
            "=",
            1 / sqrt(2),
            given={mu: 0, eps: 1, a: 2},
        ),
    ),
)

SUMS = Claim(
    27,
    "sums-of-the-gradient",
    r"For every $g$ the sum of $dx$ over a group is $0$; the sum of $dx\,\hat{x}$ is $0$ when "
    r"$\varepsilon = 0$, and not always otherwise.",
    (
        Equal(
            "the sum of $dx$ over the group",
            Sum(DX, (i, 1, n)),
            n * r * (mean(g[i]) - mean_g - mean_gx * mean(xhat[i])),
        ),
        Equal(
            r"which is 0, as $\bar{g}$ is the mean of $g$, and $\hat{x}$ has the mean $c = 0$",
            n * r * (mean(g[i]) - mean_g - mean_gx * c),
            0,
            given={mean_g: mean(g[i]), c: 0},
        ),
        Equal(
            r"the sum of $dx\,\hat{x}$ over the group",
            Sum(DX * xhat[i], (i, 1, n)),
            n * r * (mean(g[i] * xhat[i]) - mean_g * mean(xhat[i]) - mean_gx * mean(xhat[i] ** 2)),
        ),
        Equal(
            r"which is 0 where $\varepsilon = 0$: $\hat{x}$ has the mean $c = 0$, and the mean "
            r"square $\sigma^2 / (\sigma^2 + \varepsilon)$",
            n * r * (mean_gx - mean_g * c - mean_gx * sigma2 / (sigma2 + eps)),
            0,
            given={c: 0, eps: 0},
        ),
        Fails(
            r"with $\varepsilon = 3$ it is not: the rule itself, where $x$ and $dy$ are the "
            "group (0, 2)",
            product_sum([0, 2], [0, 2], 3),
            "=",
            0,
        ),
    ),
)

NOT_DEVIATION = Refuted(
    32,
    "mean-as-deviation",
    r"$\mu$ is the estimate of the standard deviation of $x$.",
    (
        Equal("n times it is the sum of the elements", n * MEAN, Sum(x[i], (i, 1, n))),
        Equal("it moves with the elements", MEAN.xreplace({TAKEN: x[i] + c}), MEAN + c),
        Equal(
            "as the deviation does not",
            sqrt(VARIANCE.xreplace({TAKEN: x[i] + c, mu: mu + c})),
            sqrt(VARIANCE),
        ),
    ),
    counterexample=Fails(
        "a group of equal elements, 1 and 1",
        mu,
        "=",
        sqrt(VARIANCE.xreplace({n: Integer(2)}).doit()),
        given={mu: 1, x[1]: 1, x[2]: 1},
    ),
    truth=r"$\mu$ is the mean of $x$; the standard deviation is $\sqrt{\sigma^2}$.",
)

GRADIENT = backward_claim(
    RULE,
    {1: (2, 1), 2: (2, 1, 2), 3: (2, 3), 4: (1, 2, 2)},
    {"axis": 1},
    r"With $g = \gamma\,dy$, $r = 1/\sqrt{\sigma^2 + \varepsilon}$ and bars for means over a "
    r"group, $dx = r (g - \bar{g} - \hat{x} p)$, where $p$ is the mean of $g\,\hat{x}$; $d\gamma$ "
    r"and $d\beta$ are the sums of $dy\,\hat{x}$ and $dy$ over the elements that share them.",
)

CLAIMS = (MOMENTS, INVARIANCE, GRADIENT, SUMS, NOT_DEVIATION, *layer_norm_errata.CLAIMS)
