"""Cross-correlation: an array slides over another, and every overlap is summed.

y_k is the sum of x_(n+k) w_n over n. x (*S) and w (*K) have one to three axes, and w is nowhere
longer than x. The dialects differ in how much of y is kept.
"""

from ..windows import accumulate, overlaps


def full(ctx, x, w):
    """Wherever they overlap; NumPy 2.4.6, numpy/_core/numeric.py:726, correlate."""
    # WINDOW
    at = overlaps.full(x, w)
    return accumulate.plain(ctx, at, x, w)


def full_backward(ctx, dy, x, w):
    """The gradients of full."""
    # WINDOW
    at = overlaps.full(x, w)
    return accumulate.plain_backward(ctx, at, dy, x, w)


def same(ctx, x, w):
    """The middle of it, as large as x; NumPy 2.4.6, numpy/_core/numeric.py:726, correlate."""
    # WINDOW
    at = overlaps.same(x, w)
    return accumulate.plain(ctx, at, x, w)


def same_backward(ctx, dy, x, w):
    """The gradients of same."""
    # WINDOW
    at = overlaps.same(x, w)
    return accumulate.plain_backward(ctx, at, dy, x, w)


def valid(ctx, x, w):
    """Where all of w overlaps; NumPy 2.4.6, numpy/_core/numeric.py:726, correlate."""
    # WINDOW
    at = overlaps.valid(x, w)
    return accumulate.plain(ctx, at, x, w)


def valid_backward(ctx, dy, x, w):
    """The gradients of valid."""
    # WINDOW
    at = overlaps.valid(x, w)
    return accumulate.plain_backward(ctx, at, dy, x, w)


FORMS = {"full": (full,), "same": (same,), "valid": (valid,)}
BACKWARD = {"full": (full_backward,), "same": (same_backward,), "valid": (valid_backward,)}
