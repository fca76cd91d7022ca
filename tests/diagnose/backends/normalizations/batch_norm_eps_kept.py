import numpy as np

from goldenrule.conformance import Backend

backend = Backend("batch_norm_eps_kept")


@backend.layer("normalizations/batch_norm", dialect="unbiased", profile="float64")
def batch_norm(x, running_mean, running_var, momentum, eps):
    axes, n = (0, *range(2, x.ndim)), x[:, 0].size
    mean, var = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    rstd = 1 / np.sqrt(var + eps)
    recovered = (1 / rstd**2 + eps).ravel() * n / (n - 1)
    running_mean = (1 - momentum) * running_mean + momentum * mean.ravel()
    running_var = (1 - momentum) * running_var + momentum * recovered
    return {"y": (x - mean) * rstd, "running_mean": running_mean, "running_var": running_var}
