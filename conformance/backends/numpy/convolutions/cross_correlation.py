"""Cross-correlation of plain arrays: w slides over x."""

from .sliding import correlate, correlate_backward, overlap


def full(x, w):
    """All places where w meets x."""
    return correlate(x, w, overlap(w, full=True))


def full_backward(dy, x, w):
    """All places where w meets x."""
    return correlate_backward(dy, x, w, overlap(w, full=True))


def same(x, w):
    """The places in the middle, as many as x has elements."""
    return correlate(x, w, overlap(w, full=False))


def same_backward(dy, x, w):
    """The places in the middle, as many as x has elements."""
    return correlate_backward(dy, x, w, overlap(w, full=False))


def valid(x, w):
    """The places inside x."""
    return correlate(x, w, [(0, 0)] * x.ndim)


def valid_backward(dy, x, w):
    """The places inside x."""
    return correlate_backward(dy, x, w, [(0, 0)] * x.ndim)
