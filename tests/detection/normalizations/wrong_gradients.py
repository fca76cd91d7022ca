"""Wrong gradients of normalizations: one term of a right one missing or changed."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

import numpy as np

from .gradients import mean, total


def _terms(dx=None, *, scale=True, reciprocal=None, xhat=None):
    """A gradient from dx(dxhat, xhat, r, n); everything else as it should be."""

    def gradient(dy, x, g, mu, v, eps):
        r = reciprocal(v, eps) if reciprocal else 1 / np.sqrt(v + eps)
        known = (x - mu) * r
        dxhat = dy * g if scale and g is not None else dy
        make = dx or (lambda q, h, r, n: r * (q - mean(q) - h * mean(q * h)))
        return make(dxhat, known, r, x.shape[1]), known if xhat is None else xhat(x, mu, known, g)

    return gradient


def _with_variance(dx):
    """A gradient from dx(dxhat, d, v, eps, n)."""

    def gradient(dy, x, g, mu, v, eps):
        dxhat = dy if g is None else dy * g
        return dx(dxhat, x - mu, v, eps, x.shape[1]), (x - mu) / np.sqrt(v + eps)

    return gradient


def _gamma_twice(dy, x, g, mu, v, eps):
    return _terms()(dy if g is None else dy * g, x, g, mu, v, eps)


TERMS = {
    "statistics_constant": _terms(lambda q, h, r, n: r * q),
    "mean_term_missing": _terms(lambda q, h, r, n: r * (q - h * mean(q * h))),
    "projection_missing": _terms(lambda q, h, r, n: r * (q - mean(q))),
    "direct_term_missing": _terms(lambda q, h, r, n: -r * (mean(q) + h * mean(q * h))),
    "mean_term_added": _terms(lambda q, h, r, n: r * (q + mean(q) - h * mean(q * h))),
    "projection_added": _terms(lambda q, h, r, n: r * (q - mean(q) + h * mean(q * h))),
    "mean_term_a_sum": _terms(lambda q, h, r, n: r * (q - total(q) - h * mean(q * h))),
    "projection_a_sum": _terms(lambda q, h, r, n: r * (q - mean(q) - h * total(q * h))),
    "sums_for_means": _terms(lambda q, h, r, n: r * (q - total(q) - h * total(q * h))),
    "projection_over_n_less_1": _terms(
        lambda q, h, r, n: r * (q - mean(q) - h * total(q * h) / max(n - 1, 1))
    ),
    "projection_doubled": _terms(lambda q, h, r, n: r * (q - mean(q) - 2 * h * mean(q * h))),
    "projection_halved": _terms(lambda q, h, r, n: r * (q - mean(q) - h * mean(q * h) / 2)),
    "projection_of_mean": _terms(lambda q, h, r, n: r * (q - mean(q) - h * mean(q) * mean(h))),
    "projection_without_xhat": _terms(lambda q, h, r, n: r * (q - mean(q) - mean(q * h))),
    "r_missing": _terms(lambda q, h, r, n: q - mean(q) - h * mean(q * h)),
    "r_twice": _terms(lambda q, h, r, n: r * r * (q - mean(q) - h * mean(q * h))),
    "r_for_first_term_only": _terms(lambda q, h, r, n: r * q - mean(q) - h * mean(q * h)),
    "projection_without_r": _terms(lambda q, h, r, n: r * (q - mean(q)) - h * mean(q * h)),
    "divided_by_n": _terms(lambda q, h, r, n: r / n * (q - mean(q) - h * mean(q * h))),
    "sign": _terms(lambda q, h, r, n: -r * (q - mean(q) - h * mean(q * h))),
    "gamma_not_in_dx": _terms(scale=False),
    "gamma_twice": _gamma_twice,
    "eps_missing": _terms(reciprocal=lambda v, _: 1 / np.sqrt(v + np.finfo(v.dtype).tiny)),
    "eps_outside": _terms(reciprocal=lambda v, eps: 1 / (np.sqrt(v) + eps)),
    "eps_doubled": _terms(reciprocal=lambda v, eps: 1 / np.sqrt(v + 2 * eps)),
    "eps_default": _terms(reciprocal=lambda v, _: 1 / np.sqrt(v + 1e-5)),
    "no_root": _terms(reciprocal=lambda v, eps: 1 / (v + eps)),
    "projection_over_variance": _with_variance(
        lambda q, d, v, eps, n: (
            q - mean(q) - d * mean(q * d) / np.maximum(v, np.finfo(v.dtype).tiny)
        )
        / np.sqrt(v + eps)
    ),
    "square_for_cube": _with_variance(
        lambda q, d, v, eps, n: (q - mean(q)) / np.sqrt(v + eps) - d * mean(q * d) / (v + eps)
    ),
    "variance_unbiased": _with_variance(
        lambda q, d, v, eps, n: (
            q - mean(q) - d * mean(q * d) / (v * n / max(n - 1, 1) + eps)
        )
        / np.sqrt(v * n / max(n - 1, 1) + eps)
    ),
    "dgamma_from_x": _terms(xhat=lambda x, *_: x),
    "dgamma_from_deviation": _terms(xhat=lambda x, mu, *_: x - mu),
    "dgamma_absolute": _terms(xhat=lambda x, mu, xhat, g: abs(xhat)),
    "dgamma_scaled": _terms(xhat=lambda x, mu, xhat, g: xhat if g is None else xhat * g),
    "dgamma_is_dbeta": _terms(xhat=lambda x, mu, xhat, g: 1 + 0 * xhat),
}  # fmt: skip


def _changed(change):
    def alter(outputs, dy):
        if "dgamma" in outputs:
            outputs |= change(outputs["dgamma"], outputs["dbeta"], dy)
        return outputs

    return alter


def _share(dgamma, dy):
    return max(dy.size // max(dgamma.size, 1), 1)


PARAMETERS = {
    "means": _changed(
        lambda dg, db, dy: {"dgamma": dg / _share(dg, dy), "dbeta": db / _share(db, dy)}
    ),
    "batch_means": _changed(
        lambda dg, db, dy: {"dgamma": dg / max(len(dy), 1), "dbeta": db / max(len(dy), 1)}
    ),
    "dbeta_mean": _changed(lambda dg, db, dy: {"dbeta": db / _share(db, dy)}),
    "dgamma_mean": _changed(lambda dg, db, dy: {"dgamma": dg / _share(dg, dy)}),
    "exchanged": _changed(lambda dg, db, dy: {"dgamma": db, "dbeta": dg}),
    "dgamma_sign": _changed(lambda dg, db, dy: {"dgamma": -dg}),
    "dbeta_sign": _changed(lambda dg, db, dy: {"dbeta": -db}),
    "dbeta_0": _changed(lambda dg, db, dy: {"dbeta": 0 * db}),
    "dgamma_0": _changed(lambda dg, db, dy: {"dgamma": 0 * dg}),
    "reversed": _changed(
        lambda dg, db, dy: {"dgamma": np.flip(dg), "dbeta": np.flip(db)}
    ),
}  # fmt: skip
