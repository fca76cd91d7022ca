"""Batch normalization: each channel to mean 0 and variance 1, and running averages of both.

x and dy are tensors of one shape (N, C, *spatial); gamma, beta, running_mean and running_var have
shape (C,). momentum and eps > 0 are scalars; t counts batches from 1. Training normalizes with
the batch's mean and biased variance, inference with the running ones. Given gamma and beta,
y = gamma xhat + beta.
"""

from ..partitions.arrangements import (
    autodiff,
    folded,
    inference_backward_folded,
    inference_folded,
    moved,
    onepass,
    onepass_gradient,
    saved,
    saved_backward,
    uncentred,
    weighted,
    welford,
)
from ..partitions.normalize import channelwise, forms, gradients, normalized, of_parameters
from ..partitions.partition import channels


def centred(ctx, x, gamma, beta, eps):
    """One channel in training; S. Ioffe, C. Szegedy, arXiv:1502.03167v3, algorithm 1."""
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


def unbiased(
    ctx, x, running_mean, running_var, gamma=None, beta=None, *, momentum, eps, text, average
):
    """momentum weighs the new, the kept variance is unbiased; PyTorch 2.13.0, batch_norm.

    aten/src/ATen/native/Normalization.cpp, batch_norm_cpu_update_stats_template.
    """
    y, mu, v = normalized(channels(x.shape), text, ctx, x, gamma, beta, eps)
    n = x.size // len(mu)
    # STATISTICS
    running_mean = average(running_mean, mu, 1 - momentum, momentum)
    running_var = average(running_var, v * n / (n - 1), 1 - momentum, momentum)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def biased(
    ctx, x, running_mean, running_var, gamma=None, beta=None, *, momentum, eps, text, average
):
    """momentum weighs the old, the kept variance is biased; Keras 3.15.1, BatchNormalization.

    keras/src/layers/normalization/batch_normalization.py, call.
    """
    y, mu, v = normalized(channels(x.shape), text, ctx, x, gamma, beta, eps)
    # STATISTICS
    running_mean = average(running_mean, mu, momentum, 1 - momentum)
    running_var = average(running_var, v, momentum, 1 - momentum)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def cumulative(ctx, x, running_mean, running_var, t, gamma=None, beta=None, *, eps, text, average):
    """The plain average of all batches; PyTorch 2.13.0, torch/nn/modules/batchnorm.py, forward.

    momentum=None.
    """
    y, mu, v = normalized(channels(x.shape), text, ctx, x, gamma, beta, eps)
    n = x.size // len(mu)
    # STATISTICS
    take = ctx.scalar(1) / t
    running_mean = average(running_mean, mu, 1 - take, take)
    running_var = average(running_var, v * n / (n - 1), 1 - take, take)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def fused(
    ctx, x, running_mean, running_var, gamma=None, beta=None, *, momentum, eps, text, average
):
    """As `unbiased`, but a single element's variance is 0; TensorFlow 2.21.0, FusedBatchNormV3.

    tensorflow/core/kernels/fused_batch_norm_op.cc, exponential_avg_factor for momentum.
    """
    y, mu, v = normalized(channels(x.shape), text, ctx, x, gamma, beta, eps)
    n = x.size // len(mu)
    # STATISTICS
    running_mean = average(running_mean, mu, 1 - momentum, momentum)
    running_var = average(running_var, v * n / max(n - 1, 1), 1 - momentum, momentum)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def inference(ctx, x, running_mean, running_var, gamma=None, beta=None, *, eps):
    """With the running mean and variance; S. Ioffe, C. Szegedy, algorithm 2, line 11."""
    mu, v, gamma, beta = channelwise(x, running_mean, running_var, gamma, beta)
    # NORMALIZE
    xhat = ctx.store((x - mu) * (1 / ctx.sqrt(v + eps)))
    # AFFINE
    y = xhat if gamma is None else ctx.store(gamma * xhat)
    y = y if beta is None else y + beta
    return {"y": y}


def centred_backward(ctx, dy, x, gamma, eps):
    """The gradient of one channel in training; S. Ioffe, C. Szegedy, section 3."""
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


def training_backward(ctx, dy, x, gamma=None, *, eps, text):
    """The gradient in training, however the running averages move: y does not depend on them."""
    return gradients(channels(x.shape), text, ctx, dy, x, gamma, eps)


def inference_backward(ctx, dy, x, running_mean, running_var, gamma=None, *, eps):
    """The gradient of `inference`; PyTorch 2.13.0, batch_norm_backward_cpu_template, train=False.

    aten/src/ATen/native/Normalization.cpp. The running mean and variance have none.
    """
    sharing = channels(x.shape).sharing
    mu, v, weight = channelwise(x, running_mean, running_var, gamma)
    # NORMALIZE
    r = 1 / ctx.sqrt(v + eps)
    xhat = ctx.store((x - mu) * r)
    # AFFINE
    dx = (dy if gamma is None else ctx.store(dy * weight)) * r
    affine = {} if gamma is None else of_parameters(ctx, sharing, dy, [xhat])
    return {"dx": dx, "dgamma": None, "dbeta": None, **affine}


_TRAINING = {
    "text": (centred, folded, welford, welford, saved, onepass),
    "average": (weighted, moved, weighted, moved, weighted, weighted),
}
_GRADIENTS = forms(
    training_backward,
    text=(centred_backward, uncentred, saved_backward, autodiff, onepass_gradient),
)

FORMS = {
    "unbiased": forms(unbiased, **_TRAINING),
    "biased": forms(biased, **_TRAINING),
    "cumulative": forms(cumulative, **_TRAINING),
    "fused": forms(fused, **_TRAINING),
    "inference": (inference, inference_folded),
}
BACKWARD = {
    "unbiased": _GRADIENTS,
    "biased": _GRADIENTS,
    "cumulative": _GRADIENTS,
    "fused": _GRADIENTS,
    "inference": (inference_backward, inference_backward_folded),
}
