"""Sums of products of windows and kernels, y[n, o, i] = sum over c, k of x[n, c, i, k] w[o, c, k].

An algorithm takes windows (N, C, K, P), kernel elements and places flattened, and kernels
(O, C, K); it returns (N, O, P), added to a start (O, 1) if there is one. All are one group.
"""

from __future__ import annotations

import math

import numpy as np

from ..correct.registry import fma


def matmul(windows, w, start=0):
    """Im2col: one product of matrices."""
    n, c, k, p = windows.shape
    columns = windows.reshape(n, c * k, p)
    return np.matmul(w.reshape(len(w), -1), columns) + start


def matmul_transposed(windows, w, start=0):
    """Rows of columns, the kernels turned; channels last."""
    n, c, k, p = windows.shape
    rows = windows.transpose(0, 3, 2, 1).reshape(n, p, k * c)
    return (rows @ w.transpose(2, 1, 0).reshape(-1, len(w))).transpose(0, 2, 1) + start


def einsum(windows, w, start=0):
    return np.einsum("nckp,ock->nop", windows, w) + start


def einsum_pairs(windows, w, start=0):
    return np.einsum("nckp,ock->nop", windows, w, optimize=True) + start


def _products(windows, w):
    """Every product (N, O, P), one after the other."""
    for c, k in np.ndindex(w.shape[1:]):
        yield windows[:, None, c, k] * w[:, c, k, None]


def _zero(windows, w):
    return np.zeros((len(windows), len(w), windows.shape[3]), windows.dtype)


def in_order(windows, w, start=0):
    y = _zero(windows, w)
    for product in _products(windows, w):
        y = y + product
    return y + start


def bias_first(windows, w, start=0):
    y = _zero(windows, w) + start
    for product in _products(windows, w):
        y = y + product
    return y


def backwards(windows, w, start=0):
    y = _zero(windows, w)
    for product in [*_products(windows, w)][::-1]:
        y = product + y
    return y + start


def taps_outside(windows, w, start=0):
    """Taps outside, channels inside."""
    y = _zero(windows, w)
    for k in range(w.shape[2]):
        y = y + np.einsum("ncp,oc->nop", windows[:, :, k], w[:, :, k])
    return y + start


def channels_outside(windows, w, start=0):
    y = _zero(windows, w)
    for c in range(w.shape[1]):
        y = y + np.einsum("nkp,ok->nop", windows[:, c], w[:, c])
    return y + start


def fused(windows, w, start=0):
    y = _zero(windows, w) + start
    for c, k in np.ndindex(w.shape[1:]):
        y = fma(windows[:, None, c, k], w[:, c, k, None], y)
    return y


def compensated(windows, w, start=0):
    y, lost = _zero(windows, w), _zero(windows, w)
    with np.errstate(all="ignore"):
        for product in _products(windows, w):
            larger = y + (product - lost)
            lost = np.nan_to_num((larger - y) - (product - lost), posinf=0, neginf=0)
            y = larger
    return y + start


def in_halves(windows, w, start=0):
    terms = [*_products(windows, w)] or [_zero(windows, w)]
    while len(terms) > 1:
        terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=False)] + (
            terms[-1:] if len(terms) % 2 else []
        )
    return terms[0] + start


def double(windows, w, start=0):
    y = einsum(windows.astype(np.float64), w.astype(np.float64), np.asarray(start, np.float64))
    return y.astype(windows.dtype)


def exactly(windows, w, start=0):
    """Rounded once: a sum without any error."""
    y = _zero(windows, w)
    start = np.broadcast_to(start, (len(w), 1))
    for n, o, p in np.ndindex(y.shape):
        pairs = zip(windows[n, :, :, p].ravel().tolist(), w[o].ravel().tolist(), strict=True)
        terms = [float(start[o, 0]), *(a * b for a, b in pairs)]
        finite = np.isfinite(terms).all() and y.dtype == np.float32
        y[n, o, p] = math.fsum(terms) if finite else sum(terms)
    return y


ALGORITHMS = {
    "matmul": matmul,
    "matmul_transposed": matmul_transposed,
    "einsum": einsum,
    "einsum_pairs": einsum_pairs,
    "in_order": in_order,
    "bias_first": bias_first,
    "backwards": backwards,
    "taps_outside": taps_outside,
    "channels_outside": channels_outside,
    "fused": fused,
    "compensated": compensated,
    "in_halves": in_halves,
    "double": double,
    "exactly": exactly,
}
