import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_mean_term_twice")


@backend.gradient("normalizations/layer_norm", dialect="elementwise", profile="float64")
def layer_norm(dy, x, axis, eps, gamma=1):
    axes = tuple(range(axis, x.ndim))
    r = 1 / np.sqrt(x.var(axes, keepdims=True) + eps)
    xhat, g = (x - x.mean(axes, keepdims=True)) * r, gamma * dy
    along, mean = (g * xhat).mean(axes, keepdims=True), g.mean(axes, keepdims=True)
    return {"dx": r * (g - mean - mean - xhat * along)}
