import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_variance_unbiased")


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile=("float64", "float32"))
def layer_norm(x, axis, eps, gamma=1, beta=0):
    axes = tuple(range(axis, x.ndim))
    centred = x - x.mean(axes, keepdims=True)
    return gamma * centred / np.sqrt(x.var(axes, keepdims=True, ddof=1) + eps) + beta
