import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_eps_kept")


@backend.step("optimizers/adam", dialect="paper", profile="float64")
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v += eps
    root = np.sqrt(v / (1 - beta2**t))
    return {"theta": theta - alpha * m / (1 - beta1**t) / (root + eps), "m": m, "v": v}
