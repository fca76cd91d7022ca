import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_eps_hat")


@backend.step("optimizers/adam", dialect="paper", profile=("float64", "float32"))
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    step_size = alpha * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    return {"theta": theta - step_size * m / (np.sqrt(v) + eps), "m": m, "v": v}
