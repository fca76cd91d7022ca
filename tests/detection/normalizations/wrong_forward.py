"""Wrong outputs of normalizations: one part of a right one exchanged."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import math

import numpy as np

from . import forward as right
from .statistics import onepass, two_pass


def _moments(change):
    def moments(x):
        mu, v = two_pass(x)
        return change(x, mu, v)

    return moments


def _square(x):
    return np.square(x).mean(1, keepdims=True)


def _median(x):
    mu = np.median(x, 1, keepdims=True)
    return mu, _square(x - mu)


def _all_but_one(x):
    return two_pass(x[:, :-1] if x.shape[1] > 1 else x)


def _as_float16(x):
    return x.astype(np.float16).astype(x.dtype)


MOMENTS = {
    "variance_unbiased": _moments(lambda x, mu, v: (mu, v * x.shape[1] / max(x.shape[1] - 1, 1))),
    "variance_over_n_plus_1": _moments(lambda x, mu, v: (mu, v * x.shape[1] / (x.shape[1] + 1))),
    "variance_is_a_sum": _moments(lambda x, mu, v: (mu, v * x.shape[1])),
    "deviation_for_variance": _moments(lambda x, mu, v: (mu, np.sqrt(v))),
    "absolute_deviation": _moments(lambda x, mu, _: (mu, abs(x - mu).mean(1, keepdims=True) ** 2)),
    "mean_square_for_variance": _moments(lambda x, mu, _: (mu, _square(x))),
    "not_centred": _moments(lambda x, mu, _: (0 * mu, _square(x))),
    "mean_is_0": _moments(lambda x, mu, v: (0 * mu, v)),
    "mean_is_a_sum": _moments(lambda x, mu, v: (mu * x.shape[1], v)),
    "mean_square_less_squared_sum": _moments(
        lambda x, mu, v: (mu, abs(_square(x) - mu * mu * x.shape[1]))
    ),
    "squared_mean_added": _moments(lambda x, mu, v: (mu, _square(x) + mu * mu)),
    "median": _median,
    "last_left_out": _all_but_one,
    "all_groups": lambda x: tuple(
        np.full_like(x[:, :1], m) for m in (x.mean(), np.square(x - x.mean()).mean())
    ),
    "of_first_group": lambda x: tuple(np.repeat(m[:1], len(x), 0) for m in two_pass(x)),
    "range_for_deviation": _moments(lambda x, mu, _: (mu, np.ptp(x, 1, keepdims=True) ** 2)),
    "mean_in_float16": _moments(lambda x, mu, v: (_as_float16(mu), v)),
    "mean_of_extremes": _moments(
        lambda x, mu, v: ((x.max(1, keepdims=True) + x.min(1, keepdims=True)) / 2, v)
    ),
    "nan_left_out": lambda x: two_pass(np.nan_to_num(x)),
    "onepass": onepass,
    "onepass_unclamped": _moments(lambda x, mu, _: (mu, _square(x) - mu * mu)),
    "in_float32": lambda x: tuple(m.astype(x.dtype) for m in two_pass(x.astype(np.float32))),
    "variance_at_most_1e6": _moments(lambda x, mu, v: (mu, np.minimum(v, v.dtype.type(1e6)))),
}


def _eps(change):
    return lambda x, mu, v, g, b, eps: right.centred(x, mu, v, g, b, change(eps))


def _root(reciprocal):
    return lambda x, mu, v, g, b, eps: right.scaled((x - mu) * reciprocal(v, eps), g, b)


def _short(x, bits):
    man, exp = np.frexp(x)
    return np.ldexp(np.rint(np.ldexp(man, bits)), exp - bits).astype(x.dtype)


def _affine(change):
    def normalize(x, mu, v, g, b, eps):
        xhat = (x - mu) / np.sqrt(v + eps)
        return xhat if g is None else change(xhat, g, b)

    return normalize


NORMALIZE = {
    "eps_outside": _root(lambda v, eps: 1 / (np.sqrt(v) + eps)),
    "eps_outside_as_root": _root(lambda v, eps: 1 / (np.sqrt(v) + math.sqrt(eps))),
    "eps_missing": _root(lambda v, _: 1 / np.sqrt(v + np.finfo(v.dtype).tiny)),
    "eps_where_no_variance": _root(lambda v, eps: 1 / np.sqrt(np.where(v == 0, eps, v))),
    "eps_as_floor": _root(lambda v, eps: 1 / np.sqrt(np.maximum(v, v.dtype.type(eps)))),
    "eps_as_floor_of_root": _root(lambda v, eps: 1 / np.maximum(np.sqrt(v), v.dtype.type(eps))),
    "eps_twice": _root(lambda v, eps: 1 / (np.sqrt(v + eps) + eps)),
    "eps_doubled": _eps(lambda eps: 2 * eps),
    "eps_squared": _eps(lambda eps: eps * eps),
    "eps_default": _eps(lambda _: 1e-5),
    "eps_default_of_keras": _eps(lambda _: 1e-3),
    "eps_negative": _root(lambda v, eps: 1 / np.sqrt(abs(v - eps))),
    "eps_after": _root(lambda v, eps: 1 / np.sqrt(v + np.finfo(v.dtype).tiny) + eps),
    "eps_a_thousandth_off": _eps(lambda eps: 1.001 * eps),
    "no_root": _root(lambda v, eps: 1 / (v + eps)),
    "root_twice": _root(lambda v, eps: (v + eps) ** -0.25),
    "root_multiplied": _root(lambda v, eps: np.sqrt(v + eps)),
    "root_in_float16": _root(
        lambda v, eps: np.float32(1) / np.sqrt(v + eps).astype(np.float16).astype(v.dtype)
    ),
    "root_to_12_bits": _root(lambda v, eps: _short(1 / np.sqrt(v + eps), 12)),
    "y_in_float32": lambda x, *given: right.centred(x, *given).astype(np.float32).astype(x.dtype),
    "mean_added": lambda x, mu, v, g, b, eps: right.centred(x, -mu, v, g, b, eps),
    "mean_after": lambda x, mu, v, g, b, eps: right.scaled(x / np.sqrt(v + eps) - mu, g, b),
    "gamma_ignored": _affine(lambda xhat, _, b: xhat + b),
    "beta_ignored": _affine(lambda xhat, g, _: xhat * g),
    "affine_ignored": _affine(lambda xhat, *_: xhat),
    "affine_swapped": _affine(lambda xhat, g, b: xhat * b + g),
    "gamma_from_1": _affine(lambda xhat, g, b: xhat * (1 + g) + b),
    "gamma_squared": _affine(lambda xhat, g, b: xhat * g * g + b),
    "gamma_positive": _affine(lambda xhat, g, b: xhat * abs(g) + b),
    "gamma_divides": _affine(lambda xhat, g, b: xhat / g + b),
    "beta_subtracted": _affine(lambda xhat, g, b: xhat * g - b),
    "beta_first": _affine(lambda xhat, g, b: (xhat + b) * g),
    "beta_twice": _affine(lambda xhat, g, b: xhat * g + b + b),
    "clipped": lambda x, mu, v, g, b, eps: right.scaled(
        np.clip((x - mu) / np.sqrt(v + eps), -1.5, 1.5), g, b
    ),
    "x_added": lambda x, mu, v, g, b, eps: right.centred(x, mu, v, g, b, eps) + x,
    "nan_to_0": lambda *given: np.nan_to_num(right.centred(*given)),
}


def _average(change):
    return lambda old, new, take: change(old, new, take).astype(old.dtype)


AVERAGES = {
    "not_updated": _average(lambda old, *_: old),
    "replaced": _average(lambda _, new, __: new),
    "added": _average(lambda old, new, take: old + take * new),
    "complement": _average(lambda old, new, take: take * old + (1 - take) * new),
    "weight_squared": _average(lambda old, new, take: right.weighted(old, new, take * take)),
    "sign": _average(lambda old, new, take: old - take * (new - old)),
    "first_replaces": _average(
        lambda old, new, take: right.weighted(old, new, take) if old.any() else new
    ),
    "old_not_faded": _average(lambda old, new, take: old + take * (new - 0 * old)),
    "default": _average(lambda old, new, _: right.weighted(old, new, 0.1)),
    "slightly_off": _average(lambda old, new, take: right.weighted(old, new, take * 1.0001)),
}


def _kept(change):
    return lambda dialect, mu, v, n: change(*right.kept(dialect, mu, v, n), n)


def _other_divisor(dialect, mu, v, n):
    mu, _ = right.kept(dialect, mu, v, n)
    v = v.mean(0) if dialect == "running" else v
    return mu, right.unbiased(v, n) if dialect == "biased" else v


KEPT = {
    "other_divisor": _other_divisor,
    "deviation_kept": _kept(lambda mu, v, _: (mu, np.sqrt(v))),
    "sum_kept": _kept(lambda mu, v, n: (mu, v * n)),
    "n_less_2": _kept(lambda mu, v, n: (mu, v * (n - 1) / max(n - 2, 1))),
    "averages_swapped": _kept(lambda mu, v, _: (v, mu)),
    "eps_kept": _kept(lambda mu, v, _: (mu, v + v.dtype.type(1e-3))),
    "precision_kept": _kept(lambda mu, v, _: (mu, 1 / np.maximum(v, np.finfo(v.dtype).tiny))),
    "mean_square_kept": _kept(lambda mu, v, _: (mu, v + mu * mu)),
    "total_of_samples": lambda dialect, mu, v, n: (
        (mu.sum(0), right.unbiased(v.sum(0), n))
        if dialect == "running"
        else right.kept(dialect, mu.sum(keepdims=True), v, n)
    ),
}
COUNTS = {
    "t_from_0": lambda _, __, t: 1 / max(t - 1, 1),
    "t_from_2": lambda _, __, t: 1 / (t + 1),
    "always_first": lambda *_: 1.0,
    "never": lambda *_: 0.0,
}
