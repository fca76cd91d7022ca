import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_swapped")


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile=("float64", "float32"))
def layer_norm(x, axis, eps, beta=1, gamma=0):
    axes = tuple(range(axis, x.ndim))
    centred = x - x.mean(axes, keepdims=True)
    return beta * centred / np.sqrt(x.var(axes, keepdims=True) + eps) + gamma
