import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rms_norm_multiplied")


@backend.layer("normalizations/rms_norm", dialect="paper", profile="float64")
def rms_norm(x, axis, eps, gamma=1):
    axes = tuple(range(axis, x.ndim))
    rsqrt = 1 / np.sqrt((x**2).mean(axes, keepdims=True) + eps)
    return gamma * x / rsqrt
