import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adamw_decay_without_rate")


@backend.step("optimizers/adamw", dialect="before", profile="float64")
def adamw(theta, g, m, v, t, alpha, beta1, beta2, eps, weight_decay):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    root = np.sqrt(v / (1 - beta2**t))
    step = alpha * m / (1 - beta1**t) / (root + eps)
    return {"theta": theta - step - weight_decay * theta, "m": m, "v": v}
