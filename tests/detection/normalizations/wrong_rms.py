"""Wrong RMS normalizations."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import math
from functools import partial

import numpy as np

from . import rms


def _centred(x):
    return np.square(x - x.mean(1, keepdims=True)).mean(1, keepdims=True)


SQUARES = {
    "variance": _centred,
    "sum": lambda x: np.square(x).sum(1, keepdims=True),
    "over_n_less_1": lambda x: np.square(x).sum(1, keepdims=True) / max(x.shape[1] - 1, 1),
    "absolute": lambda x: abs(x).mean(1, keepdims=True) ** 2,
    "root": lambda x: np.sqrt(np.square(x).mean(1, keepdims=True)),
    "largest": lambda x: np.square(x).max(1, keepdims=True),
    "all_groups": lambda x: np.full_like(x[:, :1], np.square(x).mean() if x.size else 0),
    "squared_mean": lambda x: x.mean(1, keepdims=True) ** 2,
}


def _root(reciprocal):
    def scale(x, square, g, eps):
        y = x * reciprocal(square, eps)
        return y if g is None else y * g

    return scale


def _gamma(change):
    def scale(x, square, g, eps):
        y = x / np.sqrt(square + eps)
        return y if g is None else change(y, g)

    return scale


def _tiny(square):
    return np.finfo(square.dtype).tiny


SCALE = {
    "eps_outside": _root(lambda square, eps: 1 / (np.sqrt(square) + eps)),
    "eps_missing": _root(lambda square, _: 1 / np.sqrt(square + _tiny(square))),
    "eps_as_floor": _root(lambda square, eps: 1 / np.sqrt(np.maximum(square, np.float32(eps)))),
    "eps_doubled": _root(lambda square, eps: 1 / np.sqrt(square + 2 * eps)),
    "eps_default": _root(lambda square, _: 1 / np.sqrt(square + 1e-6)),
    "eps_squared": _root(lambda square, eps: 1 / np.sqrt(square + eps * eps)),
    "no_root": _root(lambda square, eps: 1 / (square + eps)),
    "root_multiplied": _root(lambda square, eps: np.sqrt(square + eps)),
    "centred": lambda x, square, g, eps: rms.multiplied(
        x - x.mean(1, keepdims=True), square, g, eps
    ),
    "gamma_ignored": _gamma(lambda y, _: y),
    "gamma_squared": _gamma(lambda y, g: y * g * g),
    "gamma_added": _gamma(lambda y, g: y + g),
    "gamma_divides": _gamma(lambda y, g: y / g),
}
ADAPT = {
    "less_1": lambda gamma: gamma - 1,
    "plus_2": lambda gamma: gamma + 2,
    "reversed": lambda gamma: np.flip(gamma),
}


def _gradient(dx=None, *, scale=True, eps=lambda square, eps: eps, xhat=lambda x, h, g: h):
    def gradient(dy, x, g, square, given):
        r = 1 / np.sqrt(square + eps(square, given))
        h = x * r
        dxhat = dy * g if scale and g is not None else dy
        make = dx or (lambda q, h, r: r * (q - h * (q * h).mean(1, keepdims=True)))
        return make(dxhat, h, r), xhat(x, h, g)

    return gradient


def _mean(x):
    return x.mean(1, keepdims=True)


GRADIENTS = {
    "projection_missing": _gradient(lambda q, h, r: r * q),
    "projection_added": _gradient(lambda q, h, r: r * (q + h * _mean(q * h))),
    "projection_a_sum": _gradient(lambda q, h, r: r * (q - h * (q * h).sum(1, keepdims=True))),
    "projection_without_r": _gradient(lambda q, h, r: r * q - h * _mean(q * h)),
    "projection_doubled": _gradient(lambda q, h, r: r * (q - 2 * h * _mean(q * h))),
    "mean_term": _gradient(lambda q, h, r: r * (q - _mean(q) - h * _mean(q * h))),
    "r_missing": _gradient(lambda q, h, r: q - h * _mean(q * h)),
    "r_twice": _gradient(lambda q, h, r: r * r * (q - h * _mean(q * h))),
    "sign": _gradient(lambda q, h, r: -r * (q - h * _mean(q * h))),
    "gamma_not_in_dx": _gradient(scale=False),
    "eps_missing": _gradient(eps=lambda square, _: _tiny(square)),
    "eps_doubled": _gradient(eps=lambda _, eps: 2 * eps),
    "dgamma_from_x": _gradient(xhat=lambda x, h, g: x),
    "dgamma_scaled": _gradient(xhat=lambda x, h, g: h if g is None else h * g),
    "dgamma_is_dbeta": _gradient(xhat=lambda x, h, g: 1 + 0 * h),
}
ADD = {
    "dgamma_mean": lambda x: math.fsum(x) / len(x) if len(x) else 0.0,
    "dgamma_sign": lambda x: -math.fsum(x),
    "dgamma_of_first": lambda x: x[0] if len(x) else 0.0,
}


def forward():
    for part, changes in (("square", SQUARES), ("scale", SCALE), ("adapt", ADAPT)):
        for name, change in changes.items():
            yield f"{part}_{name}", partial(rms.forward, **{part: change})


def backward():
    for part, changes in (
        ("gradient", GRADIENTS), ("square", SQUARES), ("add", ADD), ("adapt", ADAPT),
    ):  # fmt: skip
        for name, change in changes.items():
            yield f"{part}_{name}", partial(rms.backward, **{part: change})
