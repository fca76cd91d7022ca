"""Means and biased variances of the rows of a matrix, in different ways."""

from __future__ import annotations

import functools

import numpy as np

from ..correct.registry import fma


def two_pass(x):
    mu = x.mean(1, keepdims=True)
    return mu, np.square(x - mu).mean(1, keepdims=True)


def of_numpy(x):
    return np.mean(x, 1, keepdims=True), np.var(x, 1, keepdims=True)


def in_order(columns):
    return functools.reduce(np.add, columns)


def backwards(columns):
    return functools.reduce(np.add, columns[::-1])


def in_halves(columns):
    if len(columns) == 1:
        return columns[0]
    half = len(columns) // 2
    return in_halves(columns[:half]) + in_halves(columns[half:])


def strided(columns):
    """Four sums side by side, as vector units make."""
    return in_order([in_order(columns[k::4]) for k in range(min(4, len(columns)))])


def compensated(columns):
    total, lost = columns[0], 0 * columns[0]
    for x in columns[1:]:
        x = x - lost
        larger = total + x
        lost = (larger - total) - x
        total = larger
    return total


def summed(add, by_reciprocal=False):
    def mean(x):
        total = add(list(x.T))[:, None]
        return total * x.dtype.type(1 / x.shape[1]) if by_reciprocal else total / x.shape[1]

    def moments(x):
        mu = mean(x)
        return mu, mean((x - mu) ** 2)

    return moments


def fused(x):
    mu = x.mean(1, keepdims=True)
    total = 0 * mu
    for k in range(x.shape[1]):
        d = x[:, k : k + 1] - mu
        total = fma(d, d, total)
    return mu, total / x.shape[1]


def welford(x):
    mu, m2 = x[:, :1], 0 * x[:, :1]
    for k in range(1, x.shape[1]):
        d = x[:, k : k + 1] - mu
        mu = mu + d / (k + 1)
        m2 = m2 + d * (x[:, k : k + 1] - mu)
    return mu, m2 / x.shape[1]


def chunked(size):
    def moments(x):
        """Welford in chunks, merged in order (Chan, Golub, LeVeque)."""
        n, mu, m2 = 0, 0 * x[:, :1], 0 * x[:, :1]
        for start in range(0, x.shape[1], size):
            chunk = x[:, start : start + size]
            m, (mean, v) = chunk.shape[1], welford(chunk)
            d = mean - mu
            mu = mu + d * x.dtype.type(m / (n + m))
            m2 = m2 + v * m + d * d * x.dtype.type(n * m / (n + m))
            n += m
        return mu, m2 / n

    return moments


def corrected(x):
    """Two passes, and the rounding of the mean taken off."""
    mu = x.mean(1, keepdims=True)
    d, n = x - mu, x.shape[1]
    total = (d * d).sum(1, keepdims=True) - d.sum(1, keepdims=True) ** 2 / n
    return mu, total / n


def double(x):
    return tuple(moment.astype(x.dtype) for moment in two_pass(x.astype(np.float64)))


STATISTICS = {
    "two_pass": two_pass,
    "of_numpy": of_numpy,
    "in_order": summed(in_order),
    "backwards": summed(backwards),
    "in_halves": summed(in_halves),
    "strided": summed(strided),
    "compensated": summed(compensated),
    "by_reciprocal": summed(in_order, by_reciprocal=True),
    "fused": fused,
    "welford": welford,
    "chunks_of_2": chunked(2),
    "chunks_of_5": chunked(5),
    "corrected": corrected,
    "double": double,
}


def onepass(x):
    mu = x.mean(1, keepdims=True)
    return mu, np.maximum((x * x).mean(1, keepdims=True) - mu * mu, 0)
