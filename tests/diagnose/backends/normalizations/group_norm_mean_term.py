import numpy as np

from goldenrule.conformance import Backend

backend = Backend("group_norm_mean_term")


@backend.gradient("normalizations/group_norm", dialect="contiguous", profile=("float64", "float32"))
def group_norm(dy, x, groups, eps):
    size = max(x[:1].size // groups, 1)
    d, g = x.reshape(-1, size), dy.reshape(-1, size)
    r = 1 / np.sqrt(d.var(1, keepdims=True) + eps)
    xhat = (d - d.mean(1, keepdims=True)) * r
    return (r * (g - xhat * (g * xhat).mean(1, keepdims=True))).reshape(x.shape)
