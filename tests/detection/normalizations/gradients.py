"""Gradients of normalizations in different arrangements: dx, and xhat for those of parameters."""

from __future__ import annotations

import math

import numpy as np

from . import statistics
from .layout import layout
from .statistics import two_pass


def mean(x):
    return x.mean(1, keepdims=True)


def total(x):
    return x.sum(1, keepdims=True)


def centred(dy, x, g, mu, v, eps):
    r = 1 / np.sqrt(v + eps)
    xhat = (x - mu) * r
    dxhat = dy if g is None else dy * g
    return r * (dxhat - mean(dxhat) - xhat * mean(dxhat * xhat)), xhat


def divided_last(dy, x, g, mu, v, eps):
    """The sums are divided by n at the end."""
    n, r = x.shape[1], 1 / np.sqrt(v + eps)
    xhat = (x - mu) * r
    dxhat = dy if g is None else dy * g
    return r / n * (n * dxhat - total(dxhat) - xhat * total(dxhat * xhat)), xhat


def uncentred(dy, x, g, mu, v, eps):
    """As torch's layer_norm and group_norm."""
    n, r = x.shape[1], 1 / np.sqrt(v + eps)
    dxhat = dy if g is None else dy * g
    ds, db = total(dxhat * x), total(dxhat)
    b = (db * mu - ds) * r * r * r / n
    return r * dxhat + b * x + (-b * mu - db * r / n), (x - mu) * r


def autodiff(dy, x, g, mu, v, eps):
    """Reverse mode through (x - mu) r."""
    n, d = x.shape[1], x - mu
    r = 1 / np.sqrt(v + eps)
    dxhat = dy if g is None else dy * g
    dv = total(dxhat * d) * (-0.5 * r * r * r)
    dd = dxhat * r + dv * (2 / n) * d
    return dd - mean(dd), d * r


def of_paper(dy, x, g, mu, v, eps):
    """Section 3 of the paper on batch normalization, term by term."""
    n, d = x.shape[1], x - mu
    dxhat = dy if g is None else dy * g
    dv = total(dxhat * d) * (-1 / 2) * (v + eps) ** (-3 / 2)
    dmu = total(dxhat * (-1 / np.sqrt(v + eps))) + dv * mean(-2 * d)
    return dxhat / np.sqrt(v + eps) + dv * 2 * d / n + dmu / n, d / np.sqrt(v + eps)


def projected(dy, x, g, mu, v, eps):
    """The centred gradient less its part along d."""
    d, r = x - mu, 1 / np.sqrt(v + eps)
    dxhat = dy if g is None else dy * g
    return (dxhat - mean(dxhat) - d * (r * r * mean(dxhat * d))) * r, d * r


def double(dy, x, g, mu, v, eps):
    wide = [None if each is None else each.astype(np.float64) for each in (dy, x, g)]
    mu, v = two_pass(wide[1])
    dx, xhat = centred(*wide, mu, v, eps)
    return dx.astype(x.dtype), xhat


GRADIENTS = {
    "centred": centred,
    "divided_last": divided_last,
    "uncentred": uncentred,
    "autodiff": autodiff,
    "of_paper": of_paper,
    "projected": projected,
    "double": double,
}


def fixed(dy, x, g, mu, v, eps):
    """The gradient where mean and variance are given."""
    r = 1 / np.sqrt(v + eps)
    return (dy if g is None else dy * g) * r, (x - mu) * r


def fixed_folded(dy, x, g, mu, v, eps):
    r = 1 / np.sqrt(v + eps)
    return dy * (r if g is None else g * r), (x - mu) / np.sqrt(v + eps)


FIXED = {"fixed": fixed, "fixed_folded": fixed_folded}

ADD = {
    "in_order": lambda x: sum(x),
    "backwards": lambda x: sum(x[::-1]),
    "numpy": np.sum,
    "exactly": lambda x: math.fsum(x) if np.isfinite(x).all() else sum(x),
    "in_halves": lambda x: statistics.in_halves(x) if len(x) else 0.0,
}


def backward(target, gradient=centred, moments=two_pass, add=np.sum, place=layout):
    """Put a backward function of a dialect together."""
    dialect = target.split("/")[-1]

    def layer(dy, x, eps, gamma=None, running_mean=None, running_var=None, axis=None, groups=None):
        at = place(target, x, axis, groups)
        rows, dys, g = at.rows(x), at.rows(dy), at.each(gamma)
        if dialect == "inference":
            mu, v = at.each(running_mean), at.each(running_var)
        else:
            mu, v = moments(rows)
        dx, xhat = gradient(dys, rows, g, mu, v, eps)
        outputs = {"dx": at.tensor(dx)}
        if gamma is not None:
            products = (dys * xhat).astype(x.dtype)
            outputs |= {"dgamma": at.total(products, add), "dbeta": at.total(dys, add)}
        return outputs

    return layer
