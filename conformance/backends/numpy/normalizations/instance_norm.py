"""Instance normalization: a group is one sample's channel."""

from . import batch_norm
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


def space(x):
    """Return the axes of space."""
    return tuple(range(2, x.ndim))


def instance(x, eps, gamma=None, beta=None):
    """No running statistics."""
    xhat = normalize(x, space(x), eps)
    return affine(xhat, channels(gamma, x.ndim), channels(beta, x.ndim))


def running(x, running_mean, running_var, momentum, eps, gamma=None, beta=None):
    """The running statistics follow the means over the samples, the variance unbiased."""
    n = x[0, 0].size
    mu, variance = (moment.mean((0, *space(x))) for moment in statistics(x, space(x)))
    return {
        "y": instance(x, eps, gamma, beta),
        "running_mean": (1 - momentum) * running_mean + momentum * mu,
        "running_var": (1 - momentum) * running_var + momentum * (variance * n / (n - 1)),
    }


def instance_backward(dy, x, eps, gamma=None):
    """A parameter is shared by the samples and by space."""
    dx, xhat = backward(scaled(dy, channels(gamma, x.ndim)), x, space(x), eps)
    return {"dx": dx, **affine_backward(dy, xhat, gamma, all_but_channels(x.ndim))}


def inference(x, running_mean, running_var, eps, gamma=None, beta=None):
    """With running statistics it is batch normalization."""
    return batch_norm.inference(x, running_mean, running_var, eps, gamma, beta)


def inference_backward(dy, x, running_mean, running_var, eps, gamma=None):
    """With running statistics it is batch normalization."""
    return batch_norm.inference_backward(dy, x, running_mean, running_var, eps, gamma)
