"""Outputs of normalizations: what is made of the mean and the variance, and running averages."""

from __future__ import annotations

import math

import numpy as np

from ..correct.registry import fma
from .layout import layout
from .statistics import two_pass


def scaled(y, g, b):
    return y if g is None else y * g + b


def centred(x, mu, v, g, b, eps):
    return scaled((x - mu) * (1 / np.sqrt(v + eps)), g, b)


def divided(x, mu, v, g, b, eps):
    return scaled((x - mu) / np.sqrt(v + eps), g, b)


def gamma_first(x, mu, v, g, b, eps):
    """As Keras and Flax: gamma is multiplied into the reciprocal root."""
    r = 1 / np.sqrt(v + eps)
    return (x - mu) * r if g is None else (x - mu) * (r * g) + b


def gamma_in_numerator(x, mu, v, g, b, eps):
    root = np.sqrt(v + eps)
    return (x - mu) / root if g is None else g * (x - mu) / root + b


def folded(x, mu, v, g, b, eps):
    s = 1 / np.sqrt(v + eps) * (1 if g is None else g)
    return x * s + ((0 if b is None else b) - mu * s)


def shifted(x, mu, v, g, b, eps):
    """As torch's layer_norm."""
    r = 1 / np.sqrt(v + eps)
    return scaled(x * r + -mu * r, g, b)


def power(x, mu, v, g, b, eps):
    return scaled((x - mu) * (v + eps) ** -0.5, g, b)


def root_in_double(x, mu, v, g, b, eps):
    r = (1 / np.sqrt(v.astype(np.float64) + eps)).astype(x.dtype)
    return scaled((x - mu) * r, g, b)


def fused(x, mu, v, g, b, eps):
    y = (x - mu) * (1 / np.sqrt(v + eps))
    return y if g is None else fma(y, g, b)


def fused_folded(x, mu, v, g, b, eps):
    s = 1 / np.sqrt(v + eps) * (1 if g is None else g)
    return fma(x, s, fma(-mu, s, np.zeros_like(s) if b is None else b))


def double(x, mu, v, g, b, eps):
    wide = [None if each is None else each.astype(np.float64) for each in (x, mu, v, g, b)]
    return centred(*wide, eps).astype(x.dtype)


NORMALIZE = {
    "centred": centred,
    "divided": divided,
    "gamma_first": gamma_first,
    "gamma_in_numerator": gamma_in_numerator,
    "folded": folded,
    "shifted": shifted,
    "power": power,
    "root_in_double": root_in_double,
    "fused": fused,
    "fused_folded": fused_folded,
    "double": double,
}


def weighted(old, new, momentum):
    return (1 - momentum) * old + momentum * new


def moved(old, new, momentum):
    return old + momentum * (new - old)


def moved_back(old, new, momentum):
    return old - (old - new) * momentum


def fused_average(old, new, momentum):
    return fma(np.full_like(old, momentum), new - old, old)


AVERAGES = {"weighted": weighted, "moved": moved, "moved_back": moved_back, "fma": fused_average}


def unbiased(v, n):
    return v * n / (n - 1)


def kept(dialect, mu, v, n):
    """What the running averages are moved to: the mean, and the variance of the dialect."""
    if dialect == "running":
        mu, v = mu.mean(0), v.mean(0)
    if dialect == "biased":
        return mu, v
    return mu, unbiased(v, max(n, 2) if dialect == "fused" else n)


def weight(dialect, momentum, t):
    """How much a batch counts."""
    return {"biased": lambda: 1 - momentum, "cumulative": lambda: 1 / t}.get(
        dialect, lambda: momentum
    )()


def forward(
    target,
    moments=two_pass,
    normalize=centred,
    average=weighted,
    keep=kept,
    count=weight,
    place=layout,
):
    """Put a forward function of a dialect together; no part but `place` knows of shapes."""
    rule, dialect = target.split("/")[-2:]

    def layer(
        x, eps, gamma=None, beta=None, running_mean=None, running_var=None, momentum=None, t=None,
        axis=None, groups=None,
    ):  # fmt: skip
        at = place(target, x, axis, groups)
        rows, g, b = at.rows(x), at.each(gamma), at.each(beta)
        if dialect == "inference":
            mu, v = at.each(running_mean), at.each(running_var)
        else:
            mu, v = moments(rows)
        outputs = {"y": at.tensor(normalize(rows, mu, v, g, b, eps))}
        if dialect in ("inference", "instance") or running_mean is None:
            return outputs
        shape = x.shape[:2] if rule == "instance_norm" else x.shape[1:2]
        size = math.prod(shape)  # wrong groups may be others
        mu, v = (np.resize(moment, size) for moment in (mu, v))
        means = keep(dialect, mu.reshape(shape), v.reshape(shape), rows.shape[1])
        take = count(dialect, momentum, t)
        names = ("running_mean", "running_var")
        old = (running_mean, running_var)
        return outputs | {
            name: average(a, new, take) for name, a, new in zip(names, old, means, strict=True)
        }

    return layer
