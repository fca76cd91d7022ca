import numpy as np

from goldenrule.conformance import Backend

backend = Backend("instance_norm_variance_unbiased")


@backend.layer("normalizations/instance_norm", dialect="instance", profile=("float64", "float32"))
def instance_norm(x, eps):
    axes = tuple(range(2, x.ndim))
    centred = x - x.mean(axes, keepdims=True)
    return centred / np.sqrt(x.var(axes, keepdims=True, ddof=1) + eps)
