"""What the normalizations share: a partition of a tensor's indices into groups.

A group spans the given axes. Statistics keep these axes, with length 1, so that they broadcast.
"""

import numpy as np


def statistics(x, axes):
    """Return the mean and the biased variance of every group."""
    mu = x.mean(axes, keepdims=True)
    return mu, np.square(x - mu).mean(axes, keepdims=True)


def normalize(x, axes, eps):
    """Centre and scale every group."""
    mu, variance = statistics(x, axes)
    return (x - mu) / np.sqrt(variance + eps)


def backward(g, x, axes, eps):
    """Return the gradient of sum(g * xhat) with respect to x, and xhat."""
    mu, variance = statistics(x, axes)
    r = 1 / np.sqrt(variance + eps)
    xhat = (x - mu) * r
    along = (g * xhat).mean(axes, keepdims=True)
    return r * (g - g.mean(axes, keepdims=True) - xhat * along), xhat


def affine(xhat, gamma, beta):
    """Scale and shift, if there are parameters."""
    return xhat if gamma is None else gamma * xhat + beta


def scaled(dy, gamma):
    """Return the gradient with respect to xhat."""
    return dy if gamma is None else gamma * dy


def affine_backward(dy, xhat, gamma, shared):
    """Return the gradients of gamma and beta, if there are any: sums over the shared axes."""
    if gamma is None:
        return {}
    return {"dgamma": (dy * xhat).sum(shared), "dbeta": dy.sum(shared)}


def channels(parameter, rank):
    """Let one number per channel broadcast against a tensor of this rank."""
    return None if parameter is None else parameter.reshape(1, -1, *[1] * (rank - 2))


def all_but_channels(rank):
    """Return the axes of the samples and of space."""
    return (0, *range(2, rank))
