import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_dgamma_from_x")


@backend.gradient("normalizations/batch_norm", dialect="unbiased", profile=("float64", "float32"))
def batch_norm(dy, x, gamma, eps):
    axes, each = (0, *range(2, x.ndim)), (1, -1, *[1] * (x.ndim - 2))
    r = 1 / np.sqrt(x.var(axes, keepdims=True) + eps)
    xhat = (x - x.mean(axes, keepdims=True)) * r
    along, mean = (dy * xhat).mean(axes, keepdims=True), dy.mean(axes, keepdims=True)
    dx = gamma.reshape(each) * r * (dy - mean - xhat * along)
    return {"dx": dx, "dgamma": (dy * x).sum(axes), "dbeta": dy.sum(axes)}
