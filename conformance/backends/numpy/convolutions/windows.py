"""The three sums of a convolution over windows, one kernel element after the other.

Images are (N, C, *space), already extended; kernels (O, C / groups, *K).
"""

import numpy as np


def lengths(space, kernel, stride, dilation):
    """Return the number of windows along each axis."""
    axes = zip(space, kernel, stride, dilation, strict=True)
    return tuple(max((L - (K - 1) * d - 1) // s + 1, 0) for L, K, s, d in axes)


def places(element, counts, stride, dilation):
    """Return an index of the element of the image that every window has at this kernel element."""
    axes = zip(element, counts, stride, dilation, strict=True)
    return (slice(None), slice(None), *np.ix_(*[d * k + s * np.arange(n) for k, n, s, d in axes]))


def split(x, groups):
    """View (N, C, *space) as (N, groups, C / groups, windows)."""
    return x.reshape(len(x), groups, x.shape[1] // groups, np.prod(x.shape[2:], dtype=int))


def kernels(w, groups):
    """Yield every kernel element: its index, and w there as (groups, O / groups, C / groups)."""
    for element in np.ndindex(w.shape[2:]):
        at = w[(slice(None), slice(None), *element)]
        yield element, at.reshape(groups, len(w) // groups, w.shape[1])


def correlate(x, w, counts, stride, dilation, groups):
    """Return the products of so many windows with the kernels."""
    y = np.zeros((len(x), len(w), *counts), x.dtype)
    for element, at in kernels(w, groups):
        window = split(x[places(element, counts, stride, dilation)], groups)
        y += np.einsum("ngcp,goc->ngop", window, at).reshape(y.shape)
    return y


def spread(dy, w, space, stride, dilation, groups):
    """Return the gradient of the images: dy times the kernels, added up where the windows lay."""
    dx = np.zeros((len(dy), w.shape[1] * groups, *space), dy.dtype)
    for element, at in kernels(w, groups):
        where = places(element, dy.shape[2:], stride, dilation)
        dx[where] += np.einsum("ngop,goc->ngcp", split(dy, groups), at).reshape(dx[where].shape)
    return dx


def kernel_gradient(dy, x, w, stride, dilation, groups):
    """Return the gradient of the kernels: dy times the windows."""
    dw = np.zeros_like(w)
    for element, _ in kernels(w, groups):
        window = split(x[places(element, dy.shape[2:], stride, dilation)], groups)
        at = np.einsum("ngop,ngcp->goc", split(dy, groups), window)
        dw[(slice(None), slice(None), *element)] = at.reshape(w.shape[:2])
    return dw
