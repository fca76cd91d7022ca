"""Root mean square normalization: a sample's trailing axes to mean square 1, not centred.

x and dy are tensors of one shape; the group is what a sample has on the axes from `axis` on, and
1 <= axis < rank. eps > 0 is a scalar. gamma, if given, has the shape of a group.
"""

from ..partitions.normalize import forms, gradients, normalized
from ..partitions.partition import trailing


def scaled(ctx, x, gamma, _, eps):
    """One group; B. Zhang, R. Sennrich, arXiv:1910.07467v1, equation 4, with eps.

    xhat is written before gamma scales it, as in MLX 0.32.4, mlx/fast.cpp, rms_norm.
    """
    # STATISTICS
    r = 1 / ctx.sqrt(ctx.fdot(x, x) / len(x) + eps)
    # NORMALIZE
    xhat = ctx.store(x * r)
    # AFFINE
    y = xhat if gamma is None else gamma * xhat
    return y, r


def folded(ctx, x, gamma, _, eps):
    """y as x s; Flax 0.12.8, flax/linen/normalization.py, _normalize."""
    # STATISTICS
    r = 1 / ctx.sqrt(ctx.fdot(x, x) / len(x) + eps)
    # AFFINE
    s = r if gamma is None else r * gamma
    return x * s, r


def paper(ctx, x, gamma=None, *, axis, eps, text):
    """y = gamma xhat; PyTorch 2.13.0, torch/nn/functional.py, rms_norm."""
    y, *_ = normalized(trailing(x.shape, axis), text, ctx, x, gamma, None, eps)
    return {"y": y}


def offset(ctx, x, gamma=None, *, axis, eps, text):
    """y = (1 + gamma) xhat; google/gemma_pytorch, gemma/model.py, RMSNorm."""
    # AFFINE
    gamma = None if gamma is None else 1 + gamma
    y, *_ = normalized(trailing(x.shape, axis), text, ctx, x, gamma, None, eps)
    return {"y": y}


def scaled_backward(ctx, dy, x, gamma, eps):
    """The gradient of one group; arXiv:1910.07467v1, equations 8 to 10."""
    n = len(x)
    # STATISTICS
    r = 1 / ctx.sqrt(ctx.fdot(x, x) / n + eps)
    # NORMALIZE
    xhat = ctx.store(x * r)
    # AFFINE
    g = dy if gamma is None else ctx.store(dy * gamma)
    dx = r * (g - xhat * (ctx.fdot(g, xhat) / n))
    return dx, xhat


def autodiff(ctx, dy, x, gamma, eps):
    """Reverse mode through x r, r' being -r^3 / 2; r is saved by the forward pass."""
    n = len(x)
    # STATISTICS
    r = ctx.store(1 / ctx.sqrt(ctx.fdot(x, x) / n + eps))
    # AFFINE
    g = dy if gamma is None else dy * gamma
    dv = -ctx.fdot(g, x) * r**3 / 2
    return ctx.store(g * r) + ctx.store(dv * (2 * x / n)), (x, r)


def paper_backward(ctx, dy, x, gamma=None, *, axis, eps, text):
    """The gradient of `paper`."""
    return gradients(trailing(x.shape, axis), text, ctx, dy, x, gamma, eps) | {"dbeta": None}


def offset_backward(ctx, dy, x, gamma=None, *, axis, eps, text):
    """The gradient of `offset`."""
    # AFFINE
    gamma = None if gamma is None else 1 + gamma
    return gradients(trailing(x.shape, axis), text, ctx, dy, x, gamma, eps) | {"dbeta": None}


_TEXTS = (scaled, folded)
_GRADIENTS = (scaled_backward, autodiff)

FORMS = {
    "paper": forms(paper, text=_TEXTS),
    "offset": forms(offset, text=_TEXTS),
}
BACKWARD = {
    "paper": forms(paper_backward, text=_GRADIENTS),
    "offset": forms(offset_backward, text=_GRADIENTS),
}
