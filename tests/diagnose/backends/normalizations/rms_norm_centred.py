import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rms_norm_centred")


@backend.layer("normalizations/rms_norm", dialect="paper", profile=("float64", "float32"))
def rms_norm(x, axis, eps, gamma=1):
    axes = tuple(range(axis, x.ndim))
    x = x - x.mean(axes, keepdims=True)
    return gamma * x / np.sqrt((x**2).mean(axes, keepdims=True) + eps)
