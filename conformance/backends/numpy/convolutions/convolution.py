"""Convolution of plain arrays: the cross-correlation with w flipped along every axis."""

import numpy as np

from . import cross_correlation


def unflipped(gradients):
    """Flip the gradient of w back."""
    return {**gradients, "dw": np.flip(gradients["dw"])}


def full(x, w):
    """All places where w meets x."""
    return cross_correlation.full(x, np.flip(w))


def full_backward(dy, x, w):
    """All places where w meets x."""
    return unflipped(cross_correlation.full_backward(dy, x, np.flip(w)))


def same(x, w):
    """The places in the middle, as many as x has elements."""
    return cross_correlation.same(x, np.flip(w))


def same_backward(dy, x, w):
    """The places in the middle, as many as x has elements."""
    return unflipped(cross_correlation.same_backward(dy, x, np.flip(w)))


def valid(x, w):
    """The places inside x."""
    return cross_correlation.valid(x, np.flip(w))


def valid_backward(dy, x, w):
    """The places inside x."""
    return unflipped(cross_correlation.valid_backward(dy, x, np.flip(w)))
