import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_gamma_not_in_dx")


@backend.gradient(
    "normalizations/layer_norm", dialect="elementwise", profile=("float64", "float32")
)
def layer_norm(dy, x, axis, eps, gamma=None):
    axes = tuple(range(axis, x.ndim))
    r = 1 / np.sqrt(x.var(axes, keepdims=True) + eps)
    xhat = (x - x.mean(axes, keepdims=True)) * r
    along = (dy * xhat).mean(axes, keepdims=True)
    return {"dx": r * (dy - dy.mean(axes, keepdims=True) - xhat * along)}
