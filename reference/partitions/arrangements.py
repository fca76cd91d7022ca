"""Other arrangements of the arithmetic that normalizes one group.

The rules give a canonical text; these compute the same over the reals, as other code does. x, dy,
gamma and beta are vectors, an element of the group each; gamma and beta are None if there are
none. Forward texts give y, the mean and the biased variance; backward texts give dx and the terms
whose sum is xhat, some as the factors of a product.
"""

from ..forms import admitted_by
from .normalize import channelwise, of_parameters
from .partition import channels


def folded(ctx, x, gamma, beta, eps):
    """y as x s + b; Keras 3.15.1, keras/src/backend/tensorflow/nn.py, batch_normalization."""
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    v = ctx.fdot(d, d) / n
    r = 1 / ctx.sqrt(v + eps)
    # AFFINE
    s = r if gamma is None else gamma * r
    b = -mu * s if beta is None else beta - mu * s
    return x * s + b, mu, v


def running_moments(ctx, x):
    """Mean and biased variance, one element after the other.

    B. P. Welford, Technometrics 4 (1962), 419-420; so PyTorch 2.13.0,
    aten/src/ATen/native/cpu/moments_utils.h, RowwiseMoments.
    """
    # STATISTICS
    mu, m2 = x[0], ctx.fsum([])
    for k in range(1, len(x)):
        d = x[k] - mu
        mu = mu + d / (k + 1)
        m2 = m2 + d * (x[k] - mu)
    return mu, m2 / len(x)


def shifted(ctx, x, gamma, beta, eps):
    """y as (x r + b) gamma + beta; PyTorch 2.13.0, aten/src/ATen/native/cpu/layer_norm_kernel.cpp.

    LayerNormKernelImplInternal.
    """
    # STATISTICS
    mu, v = running_moments(ctx, x)
    r = 1 / ctx.sqrt(v + eps)
    # NORMALIZE
    xhat = x * r + -mu * r
    # AFFINE
    y = xhat if gamma is None else xhat * gamma
    y = y if beta is None else y + beta
    return y, mu, v


def welford(ctx, x, gamma, beta, eps):
    """y as x s + b; PyTorch 2.13.0, aten/src/ATen/native/cpu/group_norm_kernel.cpp.

    GroupNormKernelImplInternal.
    """
    # STATISTICS
    mu, v = running_moments(ctx, x)
    r = 1 / ctx.sqrt(v + eps)
    # AFFINE
    s = r if gamma is None else gamma * r
    b = -mu * s if beta is None else beta - mu * s
    return x * s + b, mu, v


def saved(ctx, x, gamma, beta, eps):
    """Moments that are written before they are used; PyTorch 2.13.0, Normalization.cpp.

    aten/src/ATen/native, batch_norm_cpu_update_stats_template, and batch_norm_kernel.cpp.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.store(ctx.fsum(x) / n)
    d = x - mu
    m2 = ctx.store(ctx.fdot(d, d))
    v = ctx.store(m2 / n)
    r = ctx.store(1 / ctx.sqrt(v + eps))
    # AFFINE
    s = r if gamma is None else gamma * r
    b = -mu * s if beta is None else beta - mu * s
    return x * s + b, mu, v


@admitted_by("onepass")
def onepass(ctx, x, gamma, beta, eps):
    """The mean square less the squared mean, not below 0; Flax 0.12.8, _compute_stats.

    flax/linen/normalization.py, use_fast_variance=True.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    v = ctx.max(ctx.fdot(x, x) / n - mu * mu, 0)
    r = 1 / ctx.sqrt(v + eps)
    # AFFINE
    s = r if gamma is None else gamma * r
    b = -mu * s if beta is None else beta - mu * s
    return x * s + b, mu, v


def uncentred(ctx, dy, x, gamma, eps):
    """dx as g r + b x + c; PyTorch 2.13.0, aten/src/ATen/native/cpu/group_norm_kernel.cpp.

    GroupNormInputBackward; so does layer_norm_kernel.cpp, LayerNormBackwardFrame. mean and r are
    saved by the forward pass.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    r = ctx.store(1 / ctx.sqrt(ctx.fdot(d, d) / n + eps))
    mu = ctx.store(mu)
    # AFFINE
    g = dy if gamma is None else dy * gamma
    db = ctx.fsum(g)
    b = (db * mu - ctx.fdot(g, x)) * r**3 / n
    c = -b * mu - db * r / n
    return g * r + b * x + c, (x, r), (-mu, r)


def saved_backward(ctx, dy, x, gamma, eps):
    """Centred, with what `saved` has written; PyTorch 2.13.0, aten/src/ATen/native/cpu.

    batch_norm_kernel.cpp, batch_norm_cpu_backward. gamma is one number for all elements.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    m2 = ctx.store(ctx.fdot(x - mu, x - mu))
    r = ctx.store(1 / ctx.sqrt(ctx.store(m2 / n) + eps))
    d = x - ctx.store(mu)
    # AFFINE
    dx = (dy - ctx.fsum(dy) / n - d * (ctx.fdot(d, dy) * r * r / n)) * r
    return dx if gamma is None else dx * gamma, (d, r)


def autodiff(ctx, dy, x, gamma, eps):
    """Reverse mode through (x - mu) r, r' being -r^3 / 2; JAX 0.10.2, jax/_src/nn/functions.py.

    standardize, algorithm="stable". What comes straight from y and what comes through the moments
    are tensors of their own.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    r = 1 / ctx.sqrt(ctx.fdot(d, d) / n + eps)
    # AFFINE
    g = dy if gamma is None else dy * gamma
    dv = -ctx.fdot(g, d) * r**3 / 2
    dmu = -ctx.fsum(g * r + dv * (2 * d / n))
    return ctx.store(g * r) + ctx.store(dv * (2 * d / n) + dmu / n), (d, r)


@admitted_by("onepass")
def onepass_gradient(ctx, dy, x, gamma, eps):
    """Reverse mode through the mean square less the squared mean; Flax 0.12.8, _compute_stats.

    flax/linen/normalization.py, use_fast_variance=True.
    """
    n = len(x)
    # STATISTICS
    mu = ctx.fsum(x) / n
    d = x - mu
    r = 1 / ctx.sqrt(ctx.max(ctx.fdot(x, x) / n - mu * mu, 0) + eps)
    # AFFINE
    g = dy if gamma is None else dy * gamma
    dv = -ctx.fdot(g, d) * r**3 / 2
    dmu = -ctx.fsum(g * r) - 2 * mu * dv
    return ctx.store(g * r) + ctx.store(dv * (2 * x / n) + dmu / n), (d, r)


def inference_folded(ctx, x, running_mean, running_var, gamma=None, beta=None, *, eps):
    """y as x s + b; PyTorch 2.13.0, aten/src/ATen/native/cpu/batch_norm_kernel.cpp.

    batch_norm_cpu_collect_linear_and_constant_terms. s and b are those of a channel.
    """
    mu, v, gamma, beta = channelwise(x, running_mean, running_var, gamma, beta)
    # NORMALIZE
    r = 1 / ctx.sqrt(v + eps)
    # AFFINE
    s = r if gamma is None else gamma * r
    b = -mu * s if beta is None else beta - mu * s
    return {"y": x * s + b}


def inference_backward_folded(ctx, dy, x, running_mean, running_var, gamma=None, *, eps):
    """Reverse mode through x s + b."""
    sharing = channels(x.shape).sharing
    mu, v, weight = channelwise(x, running_mean, running_var, gamma)
    # NORMALIZE
    r = ctx.store(1 / ctx.sqrt(v + eps))
    # AFFINE
    dx = dy * (r if gamma is None else weight * r)
    affine = {} if gamma is None else of_parameters(ctx, sharing, dy, [(x, r), (-mu, r)])
    return {"dx": dx, "dgamma": None, "dbeta": None, **affine}


def weighted(old, new, keep, take):
    """A running average as a weighted sum; PyTorch, Keras and Flax."""
    # STATISTICS
    return keep * old + take * new


def moved(old, new, _, take):
    """A running average moved towards the new; TensorFlow 2.21.0, assign_moving_average."""
    # STATISTICS
    return old + take * (new - old)
