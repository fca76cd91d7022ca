"""Layer normalization: a sample's trailing axes to mean 0 and variance 1.

x and dy are tensors of one shape; the group is what a sample has on the axes from `axis` on, and
1 <= axis < rank. eps > 0 is a scalar. Given gamma and beta, y = gamma xhat + beta.
"""

from ..partitions.arrangements import (
    autodiff,
    folded,
    onepass,
    onepass_gradient,
    shifted,
    uncentred,
)
from ..partitions.normalize import forms, gradients, normalized
from ..partitions.partition import last, trailing


def centred(ctx, x, gamma, beta, eps):
    """One group; ONNX 1.23.2, onnx/defs/nn/defs.cc, LayerNormalization."""
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


def elementwise(ctx, x, gamma=None, beta=None, *, axis, eps, text):
    """gamma and beta have the shape of a group; PyTorch 2.13.0, torch/nn/functional.py."""
    y, *_ = normalized(trailing(x.shape, axis), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def feature(ctx, x, gamma=None, beta=None, *, axis, eps, text):
    """gamma and beta along the last axis; Flax 0.12.8, flax/linen/normalization.py, LayerNorm."""
    y, *_ = normalized(last(x.shape, axis), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def centred_backward(ctx, dy, x, gamma, eps):
    """The gradient of one group; J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450v1."""
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


def elementwise_backward(ctx, dy, x, gamma=None, *, axis, eps, text):
    """The gradient of `elementwise`."""
    return gradients(trailing(x.shape, axis), text, ctx, dy, x, gamma, eps)


def feature_backward(ctx, dy, x, gamma=None, *, axis, eps, text):
    """The gradient of `feature`."""
    return gradients(last(x.shape, axis), text, ctx, dy, x, gamma, eps)


_TEXTS = (centred, folded, shifted, onepass)
_GRADIENTS = (centred_backward, uncentred, autodiff, onepass_gradient)

FORMS = {
    "elementwise": forms(elementwise, text=_TEXTS),
    "feature": forms(feature, text=_TEXTS),
}
BACKWARD = {
    "elementwise": forms(elementwise_backward, text=_GRADIENTS),
    "feature": forms(feature_backward, text=_GRADIENTS),
}
