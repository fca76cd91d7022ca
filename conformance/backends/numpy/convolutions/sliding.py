"""Convolutions of plain arrays: sums over the windows that slide along all axes at once."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def slide(x, w):
    """Return the product of w with each of its places inside x."""
    return np.tensordot(sliding_window_view(x, w.shape), w, w.ndim)


def overlap(w, *, full):
    """Return how far w may stick out at both ends of every axis: all the way, or half of it."""
    return [(K - 1, K - 1) if full else (K // 2, (K - 1) // 2) for K in w.shape]


def inside(padding):
    """Return the slices of the array that a padding surrounds."""
    return tuple(slice(lo, -hi if hi else None) for lo, hi in padding)


def correlate(x, w, padding):
    """Return the products with the windows of x, zeros around it."""
    return slide(np.pad(x, padding), w)


def correlate_backward(dy, x, w, padding):
    """Return the gradients of x and of w."""
    dxe = slide(np.pad(dy, overlap(w, full=True)), np.flip(w))
    return {"dx": dxe[inside(padding)], "dw": slide(np.pad(x, padding), dy)}
