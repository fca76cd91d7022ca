import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adamw_l2")


@backend.step("optimizers/adamw", dialect="before", profile=("float64", "float32"))
def adamw(theta, g, m, v, t, alpha, beta1, beta2, eps, weight_decay):
    g = g + weight_decay * theta
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return {"theta": theta - alpha * m_hat / (np.sqrt(v_hat) + eps), "m": m, "v": v}
