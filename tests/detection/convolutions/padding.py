"""Borders of images: how far they are extended, with what, and the adjoint of that."""

from __future__ import annotations

import numpy as np


def same(sizes, kernels, stride, dilation):
    """How much SAME pads each axis in all."""
    axes = zip(sizes, kernels, stride, dilation, strict=True)
    return [max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0) for n, k, s, d in axes]


def ends(dialect, x, w, stride, dilation, padding):
    """The padding of both ends of each axis."""
    total = same(x.shape[2:], w.shape[2:], stride, dilation)
    if dialect == "same_upper":
        return [(n // 2, n - n // 2) for n in total]
    if dialect == "same_lower":
        return [(n - n // 2, n // 2) for n in total]
    if dialect == "causal":
        return [((k - 1) * d, 0) for k, d in zip(w.shape[2:], dilation, strict=True)]
    return [(0, 0)] * len(total) if dialect == "valid" else list(padding)


def _source(dialect, j, n):
    """Which element stands at place j; None for a zero."""
    if dialect == "circular":
        return j % n
    if dialect == "replicate":
        return min(max(j, 0), n - 1)
    if dialect == "reflect":
        return min(abs(j), 2 * (n - 1) - abs(j)) if n > 1 else 0
    return j if 0 <= j < n else None


def sources(dialect, sizes, pads, source=_source):
    """For each axis the element that stands at each place of the extended image."""
    return [
        [source(dialect, j, n) for j in range(-lo, n + hi)]
        for n, (lo, hi) in zip(sizes, pads, strict=True)
    ]


def extend(x, maps):
    for axis, places in enumerate(maps, start=2):
        inside = np.take(x, [p or 0 for p in places], axis) if x.shape[axis] else x
        outside = [k for k, p in enumerate(places) if p is None]
        x = inside.copy()
        x[(slice(None),) * axis + (outside,)] = 0
    return x


def fold(dxe, sizes, maps):
    for axis, (n, places) in enumerate(zip(sizes, maps, strict=True), start=2):
        shape = (*dxe.shape[:axis], n, *dxe.shape[axis + 1 :])
        dx = np.zeros(shape, dxe.dtype)
        for k, p in enumerate(places):
            if p is not None:
                at = (slice(None),) * axis
                dx[(*at, p)] += dxe[(*at, k)]
        dxe = dx
    return dxe
