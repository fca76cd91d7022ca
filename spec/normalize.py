"""Normalize over a partition: the equations that all normalizations share.

They are written for one group of n elements, numbered by i. What differs from rule to rule is the
partition: which elements of x are a group, and which share a scale and a shift.
"""

from sympy import Sum, evaluate, sqrt

from .rule import Option
from .steps import Step
from .tensors.symbols import (
    beta,
    dbeta,
    dgamma,
    dx,
    dy,
    eps,
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
    y,
)

with evaluate(False):
    FORWARD = (
        Step("mean", mu, 1 / n * Sum(x[i], (i, 1, n))),
        Step("variance", sigma2, 1 / n * Sum((x[i] - mu) ** 2, (i, 1, n))),
        Step("reciprocal", r, 1 / sqrt(sigma2 + eps)),
        Step("normalize", xhat[i], (x[i] - mu) * r),
        Step("output", y[i], xhat[i]),
    )

    BACKWARD = (
        Step("gradient", g[i], dy[i]),
        Step("gradient-mean", mean_g, 1 / n * Sum(g[i], (i, 1, n))),
        Step("gradient-product", mean_gx, 1 / n * Sum(g[i] * xhat[i], (i, 1, n))),
        Step("input-gradient", dx[i], r * (g[i] - mean_g - xhat[i] * mean_gx)),
    )

    AFFINE = Option(
        "affine",
        (gamma, beta),
        (Step("output", y[i], gamma[i] * xhat[i] + beta[i]),),
        note="a scale and a shift are given",
        backward=(
            Step("gradient", g[i], gamma[i] * dy[i]),
            Step("scale-gradient", dgamma, Sum(dy[j] * xhat[j], (j, 1, m))),
            Step("shift-gradient", dbeta, Sum(dy[j], (j, 1, m))),
        ),
    )
