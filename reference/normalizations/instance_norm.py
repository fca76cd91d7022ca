"""Instance normalization: each channel of each sample to mean 0 and variance 1.

x and dy are tensors of one shape (N, C, *spatial); gamma, beta, running_mean and running_var have
shape (C,). momentum and eps > 0 are scalars. Given gamma and beta, y = gamma xhat + beta.
"""

import numpy as np

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
from ..partitions.normalize import (
    channelwise,
    forms,
    gradients,
    normalized,
    of_parameters,
    over_samples,
)
from ..partitions.partition import channels, instances, repeated


def centred(ctx, x, gamma, beta, eps):
    """One channel of one sample; D. Ulyanov, A. Vedaldi, V. Lempitsky, arXiv:1607.08022v3."""
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


def instance(ctx, x, gamma=None, beta=None, *, eps, text):
    """Without running averages; ONNX 1.23.2, onnx/defs/nn/defs.cc, InstanceNormalization."""
    y, *_ = normalized(instances(x.shape), text, ctx, x, gamma, beta, eps)
    return {"y": y}


def running(
    ctx, x, running_mean, running_var, gamma=None, beta=None, *, momentum, eps, text, average
):
    """With running averages of the samples' moments; PyTorch 2.13.0, torch.nn.InstanceNorm2d.

    track_running_stats=True, torch/nn/modules/instancenorm.py, in training. The variance is
    unbiased, momentum weighs the new.
    """
    y, mu, v = normalized(instances(x.shape), text, ctx, x, gamma, beta, eps)
    n = x.size // mu.size
    # STATISTICS
    mu = np.array([ctx.fsum(channel) / len(channel) for channel in mu.T], dtype=object)
    v = np.array([ctx.fsum(channel) / len(channel) for channel in v.T], dtype=object)
    running_mean = average(running_mean, mu, 1 - momentum, momentum)
    running_var = average(running_var, v * n / (n - 1), 1 - momentum, momentum)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def running_last(
    ctx, x, running_mean, running_var, gamma=None, beta=None, *, momentum, eps, text, average
):
    """As `running`, each sample averaged with the old, and these averaged over samples last.

    PyTorch 2.13.0, aten/src/ATen/native/Normalization.cpp, instance_norm: the running averages are
    repeated for each sample, and written.
    """
    y, mu, v = normalized(instances(x.shape), text, ctx, x, gamma, beta, eps)
    n = x.size // mu.size
    # STATISTICS
    mu = ctx.store(average(running_mean, mu, 1 - momentum, momentum))
    v = ctx.store(average(running_var, v * n / (n - 1), 1 - momentum, momentum))
    running_mean = np.array([ctx.fsum(channel) / len(channel) for channel in mu.T], dtype=object)
    running_var = np.array([ctx.fsum(channel) / len(channel) for channel in v.T], dtype=object)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def inference(ctx, x, running_mean, running_var, gamma=None, beta=None, *, eps):
    """With the running mean and variance; PyTorch 2.13.0, torch/nn/modules/instancenorm.py."""
    mu, v, gamma, beta = channelwise(x, running_mean, running_var, gamma, beta)
    # NORMALIZE
    xhat = ctx.store((x - mu) * (1 / ctx.sqrt(v + eps)))
    # AFFINE
    y = xhat if gamma is None else ctx.store(gamma * xhat)
    y = y if beta is None else y + beta
    return {"y": y}


def centred_backward(ctx, dy, x, gamma, eps):
    """The gradient of one channel of one sample; S. Ioffe, C. Szegedy, arXiv:1502.03167v3."""
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


def instance_backward(ctx, dy, x, gamma=None, *, eps, text):
    """The gradient of `instance` and of `running`: y does not depend on running averages."""
    return gradients(instances(x.shape), text, ctx, dy, x, gamma, eps)


def instance_backward_repeated(ctx, dy, x, gamma=None, *, eps, text):
    """As `instance_backward`, gamma being repeated for each sample, and its gradient written.

    PyTorch 2.13.0, aten/src/ATen/native/Normalization.cpp, instance_norm.
    """
    each = None if gamma is None else np.broadcast_to(gamma, x.shape[:2])
    outputs = gradients(repeated(x.shape), text, ctx, dy, x, each, eps)
    return outputs if gamma is None else outputs | over_samples(ctx, outputs)


def inference_backward(ctx, dy, x, running_mean, running_var, gamma=None, *, eps):
    """The gradient of `inference`; the running mean and variance have none."""
    sharing = channels(x.shape).sharing
    mu, v, weight = channelwise(x, running_mean, running_var, gamma)
    # NORMALIZE
    r = 1 / ctx.sqrt(v + eps)
    xhat = ctx.store((x - mu) * r)
    # AFFINE
    dx = (dy if gamma is None else ctx.store(dy * weight)) * r
    affine = {} if gamma is None else of_parameters(ctx, sharing, dy, [xhat])
    return {"dx": dx, "dgamma": None, "dbeta": None, **affine}


def inference_backward_repeated(ctx, dy, x, running_mean, running_var, gamma=None, *, eps):
    """As `inference_backward`, gamma being repeated for each sample, and its gradient written."""
    outputs = inference_backward(ctx, dy, x, running_mean, running_var, gamma, eps=eps)
    if gamma is None:
        return outputs
    mu, v = channelwise(x, running_mean, running_var)
    # NORMALIZE
    xhat = (x - mu) * (1 / ctx.sqrt(v + eps))
    # AFFINE
    each = of_parameters(ctx, repeated(x.shape).sharing, dy, [xhat])
    return outputs | over_samples(ctx, each)


_TEXTS = (centred, folded, welford, saved, onepass)
_GRADIENTS = (
    *forms(
        instance_backward,
        text=(centred_backward, uncentred, saved_backward, autodiff, onepass_gradient),
    ),
    *forms(instance_backward_repeated, text=(centred_backward, uncentred, saved_backward)),
)

FORMS = {
    "instance": forms(instance, text=_TEXTS),
    "running": (
        *forms(running, text=_TEXTS, average=(weighted, moved, moved, weighted, weighted)),
        *forms(running_last, text=_TEXTS, average=(weighted, moved, weighted, weighted, weighted)),
    ),
    "inference": (inference, inference_folded),
}
BACKWARD = {
    "instance": _GRADIENTS,
    "running": _GRADIENTS,
    "inference": (
        inference_backward,
        inference_backward_folded,
        inference_backward_repeated,
    ),
}
