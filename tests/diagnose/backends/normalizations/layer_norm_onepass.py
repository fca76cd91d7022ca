import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_onepass")


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile="float32")
def layer_norm(x, axis, eps, gamma=1, beta=0):
    axes = tuple(range(axis, x.ndim))
    mean = x.mean(axes, keepdims=True)
    var = np.maximum((x * x).mean(axes, keepdims=True) - mean * mean, 0)
    return gamma * (x - mean) / np.sqrt(var + eps) + beta
