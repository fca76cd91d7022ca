"""Convolution of arrays: one, reversed, slides over another, and every overlap is summed.

y_k is the sum of x_(k-n) w_n over n. x (*S) and w (*K) have one to three axes, and w is nowhere
longer than x. The dialects differ in how much of y is kept.
"""

from ..windows import accumulate, overlaps


def full(ctx, x, w):
    """Wherever they overlap; NumPy 2.4.6, numpy/_core/numeric.py:806, convolve."""
    # WINDOW
    at = overlaps.full(x, w).flipped()
    return accumulate.plain(ctx, at, x, w)


def full_backward(ctx, dy, x, w):
    """The gradients of full."""
    # WINDOW
    at = overlaps.full(x, w).flipped()
    return accumulate.plain_backward(ctx, at, dy, x, w)


def same(ctx, x, w):
    """The middle of it, as large as x; NumPy 2.4.6, numpy/_core/numeric.py:806, convolve."""
    # WINDOW
    at = overlaps.same(x, w).flipped()
    return accumulate.plain(ctx, at, x, w)


def same_backward(ctx, dy, x, w):
    """The gradients of same."""
    # WINDOW
    at = overlaps.same(x, w).flipped()
    return accumulate.plain_backward(ctx, at, dy, x, w)


def valid(ctx, x, w):
    """Where all of w overlaps; NumPy 2.4.6, numpy/_core/numeric.py:806, convolve."""
    # WINDOW
    at = overlaps.valid(x, w).flipped()
    return accumulate.plain(ctx, at, x, w)


def valid_backward(ctx, dy, x, w):
    """The gradients of valid."""
    # WINDOW
    at = overlaps.valid(x, w).flipped()
    return accumulate.plain_backward(ctx, at, dy, x, w)


FORMS = {"full": (full,), "same": (same,), "valid": (valid,)}
BACKWARD = {"full": (full_backward,), "same": (same_backward,), "valid": (valid_backward,)}
