"""Convolutions and their gradients around an algorithm."""

from __future__ import annotations

import math

import numpy as np

from .algorithms import einsum


def counts(sizes, kernels, stride, dilation):
    axes = zip(sizes, kernels, stride, dilation, strict=True)
    return [max((n - (k - 1) * d - 1) // s + 1, 0) for n, k, s, d in axes]


def windows(xe, kernels, stride, dilation, found):
    """What each place of the kernel finds: (N, C, K, P)."""
    shape = (*xe.shape[:2], math.prod(kernels), math.prod(found))
    result = np.zeros(shape, xe.dtype)
    for place, k in enumerate(np.ndindex(*kernels)):
        axes = zip(k, stride, dilation, found, strict=True)
        at = tuple(slice(d * j, d * j + s * n if n else d * j, s) for j, s, d, n in axes)
        result[:, :, place] = xe[(..., *at)].reshape(*xe.shape[:2], shape[3])
    return result


def correlate(xe, w, stride, dilation, groups, algorithm=einsum, b=None):
    """The cross-correlation of an extended image."""
    found = counts(xe.shape[2:], w.shape[2:], stride, dilation)
    flat = windows(xe, w.shape[2:], stride, dilation, found)
    inputs, outputs = w.shape[1], len(w) // groups
    parts = []
    for g in range(groups):
        kernels = w[g * outputs : (g + 1) * outputs].reshape(outputs, inputs, -1)
        start = 0 if b is None else b[g * outputs : (g + 1) * outputs, None]
        parts.append(algorithm(flat[:, g * inputs : (g + 1) * inputs], kernels, start))
    return np.concatenate(parts, 1).reshape(len(xe), len(w), *found)


def scatter(dy, w, sizes, stride, dilation, groups):
    """The adjoint of `correlate` for the image, tap by tap."""
    dx = np.zeros((len(dy), w.shape[1] * groups, *sizes), dy.dtype)
    inputs, outputs = w.shape[1], len(w) // groups
    for g in range(groups):
        part = dy[:, g * outputs : (g + 1) * outputs]
        kernels = w[g * outputs : (g + 1) * outputs]
        for k in np.ndindex(*w.shape[2:]):
            axes = zip(k, stride, dilation, dy.shape[2:], strict=True)
            at = tuple(slice(d * j, d * j + s * n if n else d * j, s) for j, s, d, n in axes)
            spread = np.einsum("no...,oc->nc...", part, kernels[(..., *k)])
            dx[(slice(None), slice(g * inputs, (g + 1) * inputs), *at)] += spread
    return dx


def turned(w, groups):
    """Kernels flipped, inputs and outputs exchanged within each group."""
    outputs = len(w) // groups
    parts = [w[g * outputs : (g + 1) * outputs].swapaxes(0, 1) for g in range(groups)]
    return np.flip(np.concatenate(parts, 0), tuple(range(2, w.ndim)))


def gather(algorithm=einsum):
    def through(dy, w, sizes, stride, dilation, groups):
        """The same by a convolution of dy, strided with zeros, with the kernels turned."""
        stuffed = np.zeros(
            (
                *dy.shape[:2],
                *(max((n - 1) * s + 1, 0) for n, s in zip(dy.shape[2:], stride, strict=True)),
            ),
            dy.dtype,
        )
        stuffed[(..., *(slice(None, None, s) for s in stride))] = dy
        pads = []
        for n, k, d, m in zip(sizes, w.shape[2:], dilation, stuffed.shape[2:], strict=True):
            lo = (k - 1) * d
            pads.append((lo, max(n - m, 0)))
        wide = np.pad(stuffed, [(0, 0), (0, 0), *pads])
        dx = correlate(wide, turned(w, groups), [1] * len(sizes), dilation, groups, algorithm)
        return dx[(..., *(slice(n) for n in sizes))]

    return through


def kernel_gradient(dy, xe, w, stride, dilation, groups):
    """Matrices again: dy times the windows."""
    flat = windows(xe, w.shape[2:], stride, dilation, dy.shape[2:])
    inputs, outputs = w.shape[1], len(w) // groups
    rows = dy.reshape(len(dy), len(w), flat.shape[3])
    parts = []
    for g in range(groups):
        a = rows[:, g * outputs : (g + 1) * outputs].transpose(1, 0, 2)
        x = flat[:, g * inputs : (g + 1) * inputs].transpose(1, 2, 0, 3)
        n = len(dy) * flat.shape[3]
        parts.append(a.reshape(outputs, n) @ x.reshape(inputs * flat.shape[2], n).T)
    return np.concatenate(parts, 0).reshape(w.shape)


def kernel_gradient_exchanged(algorithm=einsum):
    def through(dy, xe, w, stride, dilation, groups):
        """A convolution of x with dy, in which stride and dilation have changed places."""
        inputs, outputs = w.shape[1], len(w) // groups
        reach = [
            d * (k - 1) + s * (n - 1) + 1 if n else 0
            for k, s, d, n in zip(w.shape[2:], stride, dilation, dy.shape[2:], strict=True)
        ]
        if 0 in (len(dy), *reach):
            return np.zeros_like(w)
        xe = xe[(..., *(slice(n) for n in reach))]
        parts = []
        for g in range(groups):
            image = xe[:, g * inputs : (g + 1) * inputs].swapaxes(0, 1)
            kernels = dy[:, g * outputs : (g + 1) * outputs].swapaxes(0, 1)
            parts.append(correlate(image, kernels, dilation, stride, 1, algorithm).swapaxes(0, 1))
        return np.concatenate(parts, 0)

    return through


def bias_gradient(dy):
    return dy.sum((0, *range(2, dy.ndim)))


def bias_gradient_in_order(dy):
    flat = dy.swapaxes(0, 1).reshape(dy.shape[1], -1)
    return sum(flat.T, np.zeros(len(flat), dy.dtype))
