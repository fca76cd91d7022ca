"""Batch normalization: a group is a channel; running statistics are kept for inference."""

import numpy as np

from .partition import (
    affine,
    affine_backward,
    all_but_channels,
    backward,
    channels,
    normalize,
    scaled,
    statistics,
)


def normalized(x, eps, gamma, beta):
    """Normalize with the statistics of the batch."""
    xhat = normalize(x, all_but_channels(x.ndim), eps)
    return affine(xhat, channels(gamma, x.ndim), channels(beta, x.ndim))


def moments(x):
    """Return the mean and the biased variance of every channel, and the size of a channel."""
    mu, variance = statistics(x, all_but_channels(x.ndim))
    return mu.ravel(), variance.ravel(), x[:, 0].size


def unbiased(x, running_mean, running_var, momentum, eps, gamma=None, beta=None):
    """The running variance is unbiased; momentum is the weight of the batch."""
    mu, variance, n = moments(x)
    return {
        "y": normalized(x, eps, gamma, beta),
        "running_mean": (1 - momentum) * running_mean + momentum * mu,
        "running_var": (1 - momentum) * running_var + momentum * (variance * n / (n - 1)),
    }


def biased(x, running_mean, running_var, momentum, eps, gamma=None, beta=None):
    """The running variance is biased; momentum is the weight of the past."""
    mu, variance, _ = moments(x)
    return {
        "y": normalized(x, eps, gamma, beta),
        "running_mean": momentum * running_mean + (1 - momentum) * mu,
        "running_var": momentum * running_var + (1 - momentum) * variance,
    }


def cumulative(x, running_mean, running_var, t, eps, gamma=None, beta=None):
    """Every batch so far has the same weight."""
    return unbiased(x, running_mean, running_var, 1 / t, eps, gamma, beta)


def fused(x, running_mean, running_var, momentum, eps, gamma=None, beta=None):
    """The variance of a single element stays 0."""
    mu, variance, n = moments(x)
    return {
        "y": normalized(x, eps, gamma, beta),
        "running_mean": (1 - momentum) * running_mean + momentum * mu,
        "running_var": (1 - momentum) * running_var + momentum * (variance * n / max(n - 1, 1)),
    }


def training_backward(dy, x, eps, gamma=None):
    """The statistics depend on x; the running ones do not matter."""
    axes = all_but_channels(x.ndim)
    dx, xhat = backward(scaled(dy, channels(gamma, x.ndim)), x, axes, eps)
    return {"dx": dx, **affine_backward(dy, xhat, gamma, axes)}


def inference(x, running_mean, running_var, eps, gamma=None, beta=None):
    """Normalize with the running statistics."""
    mu, variance = channels(running_mean, x.ndim), channels(running_var, x.ndim)
    xhat = (x - mu) / np.sqrt(variance + eps)
    return affine(xhat, channels(gamma, x.ndim), channels(beta, x.ndim))


def inference_backward(dy, x, running_mean, running_var, eps, gamma=None):
    """The statistics are constants."""
    mu, variance = channels(running_mean, x.ndim), channels(running_var, x.ndim)
    r = 1 / np.sqrt(variance + eps)
    dx = scaled(dy, channels(gamma, x.ndim)) * r
    return {"dx": dx, **affine_backward(dy, (x - mu) * r, gamma, all_but_channels(x.ndim))}
