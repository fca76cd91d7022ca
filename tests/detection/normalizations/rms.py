"""RMS normalization, which is not centred and has no beta."""

from __future__ import annotations

import math

import numpy as np

from . import statistics
from .layout import layout


def mean_square(x):
    return np.square(x).mean(1, keepdims=True)


def by_norm(x):
    norm = np.linalg.norm(x, axis=1, keepdims=True)
    return norm * norm / x.shape[1]


def _summed(add):
    return lambda x: add(list((x * x).T))[:, None] / x.shape[1]


def in_double(x):
    return np.square(x.astype(np.float64)).mean(1, keepdims=True).astype(x.dtype)


SQUARES = {
    "mean_square": mean_square,
    "by_norm": by_norm,
    "in_order": _summed(statistics.in_order),
    "backwards": _summed(statistics.backwards),
    "in_halves": _summed(statistics.in_halves),
    "compensated": _summed(statistics.compensated),
    "in_double": in_double,
}


def multiplied(x, square, g, eps):
    y = x * (1 / np.sqrt(square + eps))
    return y if g is None else y * g


def divided(x, square, g, eps):
    y = x / np.sqrt(square + eps)
    return y if g is None else g * y


def gamma_first(x, square, g, eps):
    r = 1 / np.sqrt(square + eps)
    return x * r if g is None else x * (r * g)


def power(x, square, g, eps):
    y = x * (square + eps) ** -0.5
    return y if g is None else y * g


SCALE = {"multiplied": multiplied, "divided": divided, "gamma_first": gamma_first, "power": power}


def projected(dy, x, g, square, eps):
    r = 1 / np.sqrt(square + eps)
    xhat = x * r
    dxhat = dy if g is None else dy * g
    return r * (dxhat - xhat * (dxhat * xhat).mean(1, keepdims=True)), xhat


def autodiff(dy, x, g, square, eps):
    r = 1 / np.sqrt(square + eps)
    dxhat = dy if g is None else dy * g
    ds = (dxhat * x).sum(1, keepdims=True) * (-0.5 * r * r * r)
    return dxhat * r + ds * (2 / x.shape[1]) * x, x * r


def cubed(dy, x, g, square, eps):
    r = 1 / np.sqrt(square + eps)
    dxhat = dy if g is None else dy * g
    along = (dxhat * x).sum(1, keepdims=True)
    return r * dxhat - r**3 / x.shape[1] * along * x, x / np.sqrt(square + eps)


RMS_GRADIENTS = {"projected": projected, "autodiff": autodiff, "cubed": cubed}


def one_plus(gamma):
    return 1 + gamma


def same(gamma):
    return gamma


def forward(target, square=mean_square, scale=multiplied, adapt=None):
    adapt = adapt or (one_plus if target.endswith("offset") else same)

    def layer(x, eps, axis, gamma=None):
        at = layout(target, x, axis)
        g = None if gamma is None else at.each(adapt(gamma))
        rows = at.rows(x)
        return {"y": at.tensor(scale(rows, square(rows), g, eps))}

    return layer


def backward(target, gradient=projected, square=mean_square, add=math.fsum, adapt=None):
    adapt = adapt or (one_plus if target.endswith("offset") else same)

    def layer(dy, x, eps, axis, gamma=None):
        at = layout(target, x, axis)
        rows, dys = at.rows(x), at.rows(dy)
        g = None if gamma is None else at.each(adapt(gamma))
        dx, xhat = gradient(dys, rows, g, square(rows), eps)
        outputs = {"dx": at.tensor(dx)}
        if gamma is not None:
            outputs["dgamma"] = at.total(dys * xhat, add)
        return outputs

    return layer
