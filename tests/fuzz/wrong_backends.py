"""Backends with a planted mistake each; `entry` finds what NumPy's computes."""

BACKEND = """
import numpy as np
from goldenrule.conformance import Backend
import goldenrule.conformance.backends.numpy as right

backend = Backend("mine")

def entry(rule, dialect, kind):
    of_rule = [e for e in right.backend.entries if (e.rule, e.dialect) == (rule, dialect)]
    return next(e.function for e in of_rule if e.kind == kind)
"""
STEP = """
@backend.step("optimizers/adam", dialect="paper", profile="{profile}")
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    root = np.sqrt(v / (1 - beta2**t) + eps)
    return {{"theta": theta - alpha * m / (1 - beta1**t) / root, "m": m, "v": v}}
"""
TRAJECTORY = """
@backend.trajectory("optimizers/momentum", dialect="averaged", profile="float32")
def momentum(theta, steps, alpha, beta):
    a = 0
    for step in steps:
        a = beta * a + (1 - beta) * step.g
        theta = theta - alpha * a  # the rate of the first step
        yield theta
"""
OBJECTIVE = """
@backend.step("optimizers/nesterov", dialect="lookahead", profile="float32")
def lookahead(theta, a, gradient, alpha, beta):
    a = beta * a + gradient(theta + (alpha * beta) * a)
    return {"theta": theta - alpha * a, "a": a}
"""
LAYER = """
@backend.layer("normalizations/layer_norm", dialect="elementwise", profile="float64")
def layer_norm(x, axis, eps, gamma=None, beta=None):
    axes = tuple(range(axis, x.ndim))
    y = (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var(axis=axes, keepdims=True) + 2 * eps)
    return y if gamma is None else y * gamma + beta
"""
CONVOLUTION = """
@backend.layer("convolutions/conv", dialect="zeros", profile="float32")
def conv(x, w, stride, dilation, padding, groups, b=None):
    padding = tuple((high, low) for low, high in padding)
    call = entry("convolutions/conv", "zeros", "layer")
    return call(x=x, w=w, stride=stride, dilation=dilation, padding=padding, groups=groups, b=b)
"""
GRADIENT = """
@backend.gradient("normalizations/rms_norm", dialect="paper", profile="float32")
def rms_norm_gradient(dy, x, axis, eps, gamma=None):
    axes, rest = tuple(range(axis, x.ndim)), tuple(range(axis))
    r = 1 / np.sqrt((x * x).mean(axis=axes, keepdims=True) + np.float32(eps))
    g = dy if gamma is None else dy * gamma
    dgamma = None if gamma is None else (dy * x * r).sum(axis=rest)
    return {"dx": r * g, "dgamma": dgamma}
"""
RAISES = """
@backend.layer("normalizations/batch_norm", dialect="unbiased", profile="float32")
def batch_norm(x, running_mean, running_var, eps, momentum, gamma=None, beta=None):
    if x.shape[1] == 2:
        raise RuntimeError("planted: two channels")
    call = entry("normalizations/batch_norm", "unbiased", "layer")
    return call(x=x, running_mean=running_mean, running_var=running_var, eps=eps,
                momentum=momentum, gamma=gamma, beta=beta)
"""
