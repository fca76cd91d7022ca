"""The layers in plain NumPy, written from their definitions; nothing here imports goldenrule.

A formula takes what a case gives by name, in an object ``s``, and returns the outputs. Tensors are
channels first. A parameter is used if it is there.
"""

from itertools import product

import numpy as np


def affine(s, xhat, shape, offset=0.0):
    gamma = getattr(s, "gamma", None)
    y = xhat if gamma is None else xhat * (offset + gamma.reshape(shape))
    return y + s.beta.reshape(shape) if hasattr(s, "beta") else y


def channels(x):
    """Return the shape in which a vector of channels meets x."""
    return (1, -1) + (1,) * (x.ndim - 2)


def standardize(x, axes, eps):
    mean, var = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return (x - mean) / np.sqrt(var + eps)


def batch(s):
    axes = (0, *range(2, s.x.ndim))
    return axes, affine(s, standardize(s.x, axes, s.eps), channels(s.x))


def running(s, mean, var, weight):
    """Move the running statistics; ``weight`` is that of the new."""
    if not hasattr(s, "running_mean"):
        return {}
    return {
        "running_mean": (1 - weight) * s.running_mean + weight * mean,
        "running_var": (1 - weight) * s.running_var + weight * var,
    }


def batch_unbiased(s):
    axes, y = batch(s)
    return {"y": y, **running(s, s.x.mean(axes), s.x.var(axes, ddof=1), getattr(s, "momentum", 0))}


def batch_biased(s):
    axes, y = batch(s)
    return {"y": y, **running(s, s.x.mean(axes), s.x.var(axes), 1 - getattr(s, "momentum", 0))}


def batch_cumulative(s):
    axes, y = batch(s)
    return {"y": y, **running(s, s.x.mean(axes), s.x.var(axes, ddof=1), 1 / getattr(s, "t", 1))}


def inference(s):
    shape = channels(s.x)
    xhat = (s.x - s.running_mean.reshape(shape)) / np.sqrt(s.running_var.reshape(shape) + s.eps)
    return {"y": affine(s, xhat, shape)}


def instance(s):
    axes = tuple(range(2, s.x.ndim))
    mean, var = s.x.mean(axes).mean(0), s.x.var(axes, ddof=1).mean(0)
    y = affine(s, standardize(s.x, axes, s.eps), channels(s.x))
    return {"y": y, **running(s, mean, var, getattr(s, "momentum", 0))}


def layer(s):
    axes = tuple(range(s.axis, s.x.ndim))
    gamma = getattr(s, "gamma", None)
    return {"y": affine(s, standardize(s.x, axes, s.eps), None if gamma is None else gamma.shape)}


def group(s, *, interleaved=False, per_group=False):
    n, c = s.x.shape[:2]
    size = c // s.groups
    shape = (n, size, s.groups, -1) if interleaved else (n, s.groups, size, -1)
    axes = (1, 3) if interleaved else (2, 3)
    xhat = standardize(s.x.reshape(shape), axes, s.eps)
    if per_group:
        return {"y": affine(s, xhat, (1, s.groups, 1, 1)).reshape(s.x.shape)}
    return {"y": affine(s, xhat.reshape(s.x.shape), channels(s.x))}


def rms(s, offset=0.0):
    axes = tuple(range(s.axis, s.x.ndim))
    xhat = s.x / np.sqrt((s.x**2).mean(axes, keepdims=True) + s.eps)
    gamma = getattr(s, "gamma", None)
    return {"y": affine(s, xhat, None if gamma is None else gamma.shape, offset)}


def attribute(s, name, default):
    return getattr(s, name, None) or (default,) * (s.w.ndim - 2)


def windows(s, length):
    """Yield for every position of the kernel the slices of the long side that it meets."""
    stride, dilation = attribute(s, "stride", 1), attribute(s, "dilation", 1)
    for k in product(*map(range, s.w.shape[2:])):
        at = [d * i for d, i in zip(dilation, k, strict=True)]
        yield (
            k,
            tuple(
                slice(a, a + st * (n - 1) + 1, st)
                for a, st, n in zip(at, stride, length, strict=True)
            ),
        )


def reach(s):
    dilation = attribute(s, "dilation", 1)
    return [d * (k - 1) for d, k in zip(dilation, s.w.shape[2:], strict=True)]


def same_padding(s, lengths, *, upper=True):
    pairs = []
    for length, stride, span in zip(lengths, attribute(s, "stride", 1), reach(s), strict=True):
        total = max((-(-length // stride) - 1) * stride + span + 1 - length, 0)
        pairs.append((total // 2, total - total // 2)[:: 1 if upper else -1])
    return pairs


def conv(s, padding=None, mode="constant"):
    groups = getattr(s, "groups", 1)
    x = np.pad(s.x, [(0, 0), (0, 0), *(s.padding if padding is None else padding)], mode=mode)
    length = [
        (n - 1 - span) // stride + 1
        for n, span, stride in zip(x.shape[2:], reach(s), attribute(s, "stride", 1), strict=True)
    ]
    n, o = len(x), len(s.w)
    y = np.zeros((n, groups, o // groups, *length))
    x = x.reshape(n, groups, -1, *x.shape[2:])
    w = s.w.reshape(groups, o // groups, *s.w.shape[1:])
    for k, where in windows(s, length):
        picked = x[(..., *where)]
        y += np.einsum("ngc...,goc->ngo...", picked, w[(..., *k)])
    y = y.reshape(n, o, *length)
    return {"y": y + s.b.reshape(channels(y)) if hasattr(s, "b") else y}


def conv_same(s, *, upper=True):
    return conv(s, same_padding(s, s.x.shape[2:], upper=upper))


def conv_causal(s):
    return conv(s, [(span, 0) for span in reach(s)])


def conv_valid(s):
    return conv(s, [(0, 0)] * (s.w.ndim - 2))


def conv_transpose(s, padding=None, length=None):
    """Scatter x through the kernel, then crop; ``length`` is that of the result."""
    groups = getattr(s, "groups", 1)
    axes = s.w.ndim - 2
    if padding is None:
        padding = getattr(s, "padding", ((0, 0),) * axes)
    ends = attribute(s, "output_padding", 0)
    n, c, *size = s.x.shape
    stride = attribute(s, "stride", 1)
    full = [(i - 1) * st + span + 1 for i, st, span in zip(size, stride, reach(s), strict=True)]
    if length is None:
        length = [f - sum(p) + e for f, p, e in zip(full, padding, ends, strict=True)]
    out = s.w.shape[1]
    room = [max(f, lo + n) for f, (lo, _), n in zip(full, padding, length, strict=True)]
    y = np.zeros((n, groups, out, *room))
    x = s.x.reshape(n, groups, c // groups, *size)
    w = s.w.reshape(groups, c // groups, *s.w.shape[1:])
    for k, where in windows(s, size):
        y[(..., *where)] += np.einsum("ngc...,gco->ngo...", x, w[(..., *k)])
    crop = tuple(slice(lo, lo + m) for (lo, _), m in zip(padding, length, strict=True))
    y = y.reshape(n, groups * out, *room)[(..., *crop)]
    return {"y": y + s.b.reshape(channels(y)) if hasattr(s, "b") else y}


def unflipped(s):
    return conv_transpose(type(s)(**{**vars(s), "w": np.flip(s.w, range(2, s.w.ndim))}))


def transpose_same(s):
    length = [i * st for i, st in zip(s.x.shape[2:], attribute(s, "stride", 1), strict=True)]
    return conv_transpose(s, same_padding(s, length), length)


def transpose_valid(s):
    length = [
        i * st + max(span + 1 - st, 0)
        for i, st, span in zip(s.x.shape[2:], attribute(s, "stride", 1), reach(s), strict=True)
    ]
    return conv_transpose(s, [(0, 0)] * len(length), length)


def signal(mode, *, flip):
    def formula(s):
        w = np.flip(s.w) if flip else s.w
        reach = [k - 1 for k in s.w.shape]
        lo = {"full": reach, "same": [r - r // 2 for r in reach], "valid": [0] * len(reach)}[mode]
        hi = {"full": reach, "same": [r // 2 for r in reach], "valid": [0] * len(reach)}[mode]
        x = np.pad(s.x, list(zip(lo, hi, strict=True)))
        return {
            "y": np.einsum(sliding(x, w.shape), [0, 1], w.ravel(), [1], [0]).reshape(
                [n - k + 1 for n, k in zip(x.shape, w.shape, strict=True)]
            )
        }

    return formula


def sliding(x, shape):
    """Return the windows of x, one per row."""
    return np.lib.stride_tricks.sliding_window_view(x, shape).reshape(-1, np.prod(shape))


FORMULAS = {
    ("batch_norm", "unbiased"): batch_unbiased,
    ("batch_norm", "biased"): batch_biased,
    ("batch_norm", "cumulative"): batch_cumulative,
    ("batch_norm", "fused"): batch_unbiased,  # the same where a channel has two elements
    ("batch_norm", "inference"): inference,
    ("layer_norm", "elementwise"): layer,
    ("layer_norm", "feature"): layer,
    ("group_norm", "contiguous"): group,
    ("group_norm", "interleaved"): lambda s: group(s, interleaved=True),
    ("group_norm", "group_affine"): lambda s: group(s, per_group=True),
    ("instance_norm", "instance"): instance,
    ("instance_norm", "running"): instance,
    ("instance_norm", "inference"): inference,
    ("rms_norm", "paper"): rms,
    ("rms_norm", "offset"): lambda s: rms(s, 1.0),
    ("conv", "zeros"): conv,
    ("conv", "valid"): conv_valid,
    ("conv", "same_upper"): conv_same,
    ("conv", "same_lower"): lambda s: conv_same(s, upper=False),
    ("conv", "causal"): conv_causal,
    ("conv", "reflect"): lambda s: conv(s, mode="reflect"),
    ("conv", "replicate"): lambda s: conv(s, mode="edge"),
    ("conv", "circular"): lambda s: conv(s, mode="wrap"),
    ("conv_transpose", "adjoint"): conv_transpose,
    ("conv_transpose", "unflipped"): unflipped,
    ("conv_transpose", "same"): transpose_same,
    ("conv_transpose", "valid"): transpose_valid,
    **{("convolution", mode): signal(mode, flip=True) for mode in ("full", "same", "valid")},
    **{("cross_correlation", mode): signal(mode, flip=False) for mode in ("full", "same", "valid")},
}
