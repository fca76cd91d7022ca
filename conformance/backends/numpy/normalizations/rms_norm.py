"""RMS normalization: one sample's last axes, from ``axis`` on, are scaled but not centred."""

import numpy as np

from .partition import scaled


def inverse_rms(x, axis, eps):
    """Return one over the root of the mean square of every group."""
    axes = tuple(range(axis, x.ndim))
    return 1 / np.sqrt(np.square(x).mean(axes, keepdims=True) + eps)


def paper(x, axis, eps, gamma=None):
    """gamma is the scale."""
    return scaled(x * inverse_rms(x, axis, eps), gamma)


def paper_backward(dy, x, axis, eps, gamma=None):
    """A parameter is shared by the groups."""
    r = inverse_rms(x, axis, eps)
    xhat = x * r
    g = scaled(dy, gamma)
    along = (g * xhat).mean(tuple(range(axis, x.ndim)), keepdims=True)
    dx = r * (g - xhat * along)
    return {"dx": dx} if gamma is None else {"dx": dx, "dgamma": (dy * xhat).sum((*range(axis),))}


def offset(x, axis, eps, gamma=None):
    """1 + gamma is the scale."""
    return paper(x, axis, eps, None if gamma is None else 1 + gamma)


def offset_backward(dy, x, axis, eps, gamma=None):
    """The gradient of gamma is that of the scale."""
    return paper_backward(dy, x, axis, eps, None if gamma is None else 1 + gamma)
