import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_training_forever")


@backend.layer("normalizations/batch_norm", dialect="inference", profile="float64")
def batch_norm(x, running_mean, running_var, eps):
    axes = (0, *range(2, x.ndim))
    return (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)
