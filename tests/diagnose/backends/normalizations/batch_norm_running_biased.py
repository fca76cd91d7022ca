import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_running_biased")


@backend.layer("normalizations/batch_norm", dialect="unbiased", profile=("float64", "float32"))
def batch_norm(x, running_mean, running_var, momentum, eps):
    axes = (0, *range(2, x.ndim))
    mean, var = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    y = (x - mean) / np.sqrt(var + eps)
    running_mean = running_mean + momentum * (mean.ravel() - running_mean)
    running_var = running_var + momentum * (var.ravel() - running_var)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}
