"""Group normalization: groups of a sample's channels to mean 0 and variance 1.

x and dy are tensors of one shape (N, C, *spatial); `groups` divides C. eps > 0 is a scalar. Given
gamma and beta, y = gamma xhat + beta.
"""

from ..partitions.arrangements import (
    autodiff,
    folded,
    onepass,
    onepass_gradient,
    uncentred,
    welford,
)
from ..partitions.normalize import forms, gradients, normalized
from ..partitions.partition import contiguous as contiguous_channels
from ..partitions.partition import interleaved as interleaved_channels
from ..partitions.partition import shared as shared_channels


def centred(ctx, x, gamma, beta, eps):
    """One group; Y. Wu, K. He, Group normalization, arXiv:1803.08494v3, equations 1, 2 and 6."""
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    v = ctx.fdot(d, d) / n
    r = 1 / ctx.sqrt(v + eps)
    # NORMALIZE
    xhat = ctx.store(d * r)
    # AFFINE
    y = xhat if gamma is None else ctx.store(gamma * xhat)
    y = y if beta is None else y + beta
    return y, mu, v


def contiguous(ctx, x, gamma=None, beta=None, *, groups, eps, text):
    """Neighbouring channels make a group; PyTorch 2.13.0, torch/nn/functional.py, group_norm."""
    y, *_ = normalized(contiguous_channels(x.shape, groups), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def interleaved(ctx, x, gamma=None, beta=None, *, groups, eps, text):
    """Congruent channels make a group; MLX 0.32.4, python/mlx/nn/layers/normalization.py.

    GroupNorm, pytorch_compatible=False.
    """
    y, *_ = normalized(interleaved_channels(x.shape, groups), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def group_affine(ctx, x, gamma=None, beta=None, *, groups, eps, text):
    """gamma and beta for each group; ONNX 1.23.2, onnx/defs/nn/old.cc, GroupNormalization-18."""
    y, *_ = normalized(shared_channels(x.shape, groups), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def centred_backward(ctx, dy, x, gamma, eps):
    """The gradient of one group; S. Ioffe, C. Szegedy, arXiv:1502.03167v3, section 3."""
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    r = 1 / ctx.sqrt(ctx.fdot(d, d) / n + eps)
    # NORMALIZE
    xhat = ctx.store(d * r)
    # AFFINE
    g = dy if gamma is None else ctx.store(dy * gamma)
    dx = r * (g - ctx.fsum(g) / n - xhat * (ctx.fdot(g, xhat) / n))
    return dx, xhat


def contiguous_backward(ctx, dy, x, gamma=None, *, groups, eps, text):
    """The gradient of `contiguous`."""
    return gradients(contiguous_channels(x.shape, groups), text, ctx, dy, x, gamma, eps)


def interleaved_backward(ctx, dy, x, gamma=None, *, groups, eps, text):
    """The gradient of `interleaved`."""
    return gradients(interleaved_channels(x.shape, groups), text, ctx, dy, x, gamma, eps)


def group_affine_backward(ctx, dy, x, gamma=None, *, groups, eps, text):
    """The gradient of `group_affine`."""
    return gradients(shared_channels(x.shape, groups), text, ctx, dy, x, gamma, eps)


_TEXTS = (centred, folded, welford, onepass)
_GRADIENTS = (centred_backward, uncentred, autodiff, onepass_gradient)

FORMS = {
    "contiguous": forms(contiguous, text=_TEXTS),
    "interleaved": forms(interleaved, text=_TEXTS),
    "group_affine": forms(group_affine, text=_TEXTS),
}
BACKWARD = {
    "contiguous": forms(contiguous_backward, text=_GRADIENTS),
    "interleaved": forms(interleaved_backward, text=_GRADIENTS),
    "group_affine": forms(group_affine_backward, text=_GRADIENTS),
}
