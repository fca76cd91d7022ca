"""Layer normalization: a group is one sample's last axes, from ``axis`` on."""

from .partition import affine, affine_backward, backward, normalize, scaled


def elementwise(x, axis, eps, gamma=None, beta=None):
    """Every element of a group has its own parameters."""
    return affine(normalize(x, tuple(range(axis, x.ndim)), eps), gamma, beta)


def elementwise_backward(dy, x, axis, eps, gamma=None):
    """A parameter is shared by the groups."""
    dx, xhat = backward(scaled(dy, gamma), x, tuple(range(axis, x.ndim)), eps)
    return {"dx": dx, **affine_backward(dy, xhat, gamma, tuple(range(axis)))}


def feature(x, axis, eps, gamma=None, beta=None):
    """The parameters have the last axis alone."""
    return elementwise(x, axis, eps, gamma, beta)


def feature_backward(dy, x, axis, eps, gamma=None):
    """A parameter is shared by everything but the last axis."""
    dx, xhat = backward(scaled(dy, gamma), x, tuple(range(axis, x.ndim)), eps)
    return {"dx": dx, **affine_backward(dy, xhat, gamma, tuple(range(x.ndim - 1)))}
