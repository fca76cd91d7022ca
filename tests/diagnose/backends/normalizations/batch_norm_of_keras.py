import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_of_keras")


@backend.layer("normalizations/batch_norm", dialect="unbiased", profile=("float64", "float32"))
def batch_norm(x, running_mean, running_var, momentum, eps):
    axes = (0, *range(2, x.ndim))
    mean, var = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    y = (x - mean) / np.sqrt(var + eps)
    running_mean = momentum * running_mean + (1 - momentum) * mean.ravel()
    running_var = momentum * running_var + (1 - momentum) * var.ravel()
    return {"y": y, "running_mean": running_mean, "running_var": running_var}
