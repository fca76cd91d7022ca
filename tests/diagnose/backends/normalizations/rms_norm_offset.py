import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rms_norm_offset")


@backend.layer("normalizations/rms_norm", dialect="paper", profile="float64")
def rms_norm(x, axis, eps, gamma):
    axes = tuple(range(axis, x.ndim))
    return (1 + gamma) * x / np.sqrt((x**2).mean(axes, keepdims=True) + eps)
