import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_running_unbiased")


@backend.layer("normalizations/batch_norm", dialect="biased", profile=("float64", "float32"))
def batch_norm(x, running_mean, running_var, momentum, eps):
    axes = (0, *range(2, x.ndim))
    mean, var = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    y = (x - mean) / np.sqrt(var + eps)
    mean, var = mean.ravel(), x.var(axes, ddof=1)
    running_mean = momentum * running_mean + (1 - momentum) * mean
    running_var = momentum * running_var + (1 - momentum) * var
    return {"y": y, "running_mean": running_mean, "running_var": running_var}
