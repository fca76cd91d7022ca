"""Group normalization: a group is one sample's share of the channels."""

import numpy as np

from .partition import (
    affine,
    affine_backward,
    all_but_channels,
    backward,
    channels,
    normalize,
    scaled,
)


def blocks(x, groups):
    """Return x's shape with the channels split by groups of neighbours, and the axes of a group."""
    samples, size, *space = x.shape
    return (samples, groups, size // groups, *space), tuple(range(2, x.ndim + 1))


def combs(x, groups):
    """Return x's shape with the channels split by remainders, and the axes of a group."""
    samples, size, *space = x.shape
    return (samples, size // groups, groups, *space), (1, *range(3, x.ndim + 1))


def normalized(x, shape, axes, eps, gamma, beta):
    """Normalize in the given shape, scale and shift in x's own."""
    xhat = normalize(x.reshape(shape), axes, eps).reshape(x.shape)
    return affine(xhat, channels(gamma, x.ndim), channels(beta, x.ndim))


def normalized_backward(dy, x, shape, axes, eps, gamma):
    """Return the gradients, those of the parameters by channel."""
    g = scaled(dy, channels(gamma, x.ndim))
    dx, xhat = backward(g.reshape(shape), x.reshape(shape), axes, eps)
    parameters = affine_backward(dy, xhat.reshape(x.shape), gamma, all_but_channels(x.ndim))
    return {"dx": dx.reshape(x.shape), **parameters}


def contiguous(x, groups, eps, gamma=None, beta=None):
    """A group's channels are neighbours."""
    return normalized(x, *blocks(x, groups), eps, gamma, beta)


def contiguous_backward(dy, x, groups, eps, gamma=None):
    """A parameter is shared by the samples and by space."""
    return normalized_backward(dy, x, *blocks(x, groups), eps, gamma)


def interleaved(x, groups, eps, gamma=None, beta=None):
    """A group's channels have the same remainder."""
    return normalized(x, *combs(x, groups), eps, gamma, beta)


def interleaved_backward(dy, x, groups, eps, gamma=None):
    """A parameter is shared by the samples and by space."""
    return normalized_backward(dy, x, *combs(x, groups), eps, gamma)


def by_channel(parameter, x, groups):
    """Repeat the parameter of a group for each of its channels."""
    return None if parameter is None else np.repeat(parameter, x.shape[1] // groups)


def group_affine(x, groups, eps, gamma=None, beta=None):
    """A group has one gamma and one beta."""
    gamma, beta = by_channel(gamma, x, groups), by_channel(beta, x, groups)
    return contiguous(x, groups, eps, gamma, beta)


def group_affine_backward(dy, x, groups, eps, gamma=None):
    """A parameter is shared by the channels of a group, too."""
    gradients = contiguous_backward(dy, x, groups, eps, by_channel(gamma, x, groups))
    for name in gradients.keys() & {"dgamma", "dbeta"}:
        gradients[name] = gradients[name].reshape(groups, -1).sum(1)
    return gradients
