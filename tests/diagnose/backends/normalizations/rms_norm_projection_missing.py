import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rms_norm_projection_missing")


@backend.gradient("normalizations/rms_norm", dialect="paper", profile="float64")
def rms_norm(dy, x, axis, eps, gamma=1):
    axes = tuple(range(axis, x.ndim))
    return gamma * dy / np.sqrt((x**2).mean(axes, keepdims=True) + eps)
