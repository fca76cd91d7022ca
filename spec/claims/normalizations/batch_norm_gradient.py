r"""Claim 27: the gradient of batch normalization, by the chain rule, for groups of any size.

$dz$ is the derivative of the sum of $dy$ times $y$ by $z$. S. Ioffe and C. Szegedy, Batch
normalization, arXiv:1502.03167v3, section 3.
"""

from sympy import Derivative, Sum, Symbol

from ...claim import Claim
from ...normalizations.batch_norm import inference
from ...proofs.fact import Equal
from ...tensors.symbols import (
    beta,
    dy,
    g,
    gamma,
    i,
    j,
    m,
    mean_g,
    mean_gx,
    mu,
    n,
    r,
    sigma2,
    x,
    xhat,
)
from ..normalizing import VALUE, mean

MEAN, VARIANCE, ROOT = VALUE["mean"], VALUE["variance"], VALUE["reciprocal"]
NORMALIZED, DX = VALUE["normalize"], VALUE["input-gradient"].doit()
(FROZEN,) = (step.value for step in inference.steps if step.name == "normalize")
scale, shift = Symbol(r"\gamma", real=True), Symbol(r"\beta", real=True)
dmu, dsigma2 = Symbol(r"d\mu", real=True), Symbol(r"d\sigma^2", real=True)
dr = Symbol("dr", real=True)


def shared(symbol: Symbol) -> Derivative:
    """Differentiate by a scale or shift that m elements share."""
    return Derivative(Sum(dy[j] * (scale * xhat[j] + shift), (j, 1, m)), symbol)


OUTPUT = (
    Equal(
        r"step output: $y_i$ alone reads $\hat{x}_i$, so $g_i$, which is its gradient, is",
        Derivative(dy[i] * (gamma[i] * xhat[i] + beta[i]), xhat[i]),
        gamma[i] * dy[i],
    ),
    Equal(
        r"the $m$ elements that share a scale all read it, so $d\gamma$ is",
        shared(scale),
        Sum(dy[j] * xhat[j], (j, 1, m)),
    ),
    Equal(r"and in the same way $d\beta$ is", shared(shift), Sum(dy[j], (j, 1, m))),
)

THROUGH_VARIANCE = (
    Equal(
        r"step normalize: $\hat{x}_i$ reads $r$, with the derivative",
        Derivative(NORMALIZED, r),
        x[i] - mu,
    ),
    Equal(
        r"all $n$ elements of the group read it, so $dr$ is the sum of $g_i$ times that; as $p$ is "
        r"the mean of $g_i \hat{x}_i$, and $\hat{x}_i$ has the factor $r$, it is",
        Sum(g[i] * (x[i] - mu), (i, 1, n)),
        n * mean_gx / r,
        given={mean_gx: mean(g[i] * NORMALIZED)},
    ),
    Equal(
        r"step reciprocal: $r$ alone reads $\sigma^2$, with the derivative",
        Derivative(ROOT, sigma2),
        -(r**3) / 2,
        given={r: ROOT},
    ),
    Equal(
        r"so $d\sigma^2$, the product of $dr$ and that, is",
        -(r**3) / 2 * dr,
        -n * r**2 * mean_gx / 2,
        given={dr: n * mean_gx / r},
    ),
)

THROUGH_MEAN = (
    Equal(
        r"step normalize: $\hat{x}_i$ reads $\mu$, with the derivative",
        Derivative(NORMALIZED, mu),
        -r,
    ),
    Equal(
        r"step variance: $\sigma^2$ reads $\mu$, too",
        Derivative(VARIANCE, mu),
        -2 * mean(x[i] - mu),
    ),
    Equal(
        r"but that is $-2$ times the mean of $x$ less $\mu$, and 0, as $\mu$ is that mean",
        -2 * (MEAN - mu),
        0,
        given={mu: MEAN},
    ),
    Equal(
        r"so nothing comes back through $\sigma^2$, and $d\mu$ is the sum of $g_i$ times $-r$; as "
        r"$\bar{g}$ is the mean of $g_i$, it is",
        -Sum(r * g[i], (i, 1, n)),
        -n * r * mean_g,
        given={mean_g: mean(g[i])},
    ),
)

TO_INPUT = (
    Equal(r"three steps read $x_i$: first, normalize", Derivative(NORMALIZED, x[i]), r),
    Equal(
        r"second, variance, with $\mu$ held; as the order of the group does not matter, take its "
        "last element",
        Derivative(VARIANCE, x[n]),
        (2 / n) * (x[n] - mu),
    ),
    Equal("third, mean", Derivative(MEAN, x[n]), 1 / n),
    Equal(
        r"so $dx_i$, each of the three times the gradient of what it computes, added up, is",
        g[i] * r + dsigma2 * ((2 / n) * (x[i] - mu)) + dmu * (1 / n),
        DX,
        given={dsigma2: -n * r**2 * mean_gx / 2, dmu: -n * r * mean_g, xhat[i]: NORMALIZED},
    ),
    Equal(
        "in inference no statistic reads $x$, and only the first of the three is left",
        Derivative(FROZEN, x[i]),
        r,
    ),
)

CHAIN_RULE = Claim(
    27,
    "chain-rule",
    r"For groups of any size the backward steps follow from the chain rule, taken through the "
    r"steps from the last to the first. With $d\sigma^2 = -n r^2 p / 2$ and "
    r"$d\mu = -n r \bar{g}$, $dx_i = r g_i + 2 (x_i - \mu) d\sigma^2 / n + d\mu / n$, which is "
    r"$r (g_i - \bar{g} - \hat{x}_i p)$.",
    (*OUTPUT, *THROUGH_VARIANCE, *THROUGH_MEAN, *TO_INPUT),
)

CLAIMS = (CHAIN_RULE,)
