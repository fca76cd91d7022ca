import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_unlisted")


@backend.step("optimizers/adam", dialect="paper", profile="float64")
def adam(theta, g, m, v, t, alpha, beta1, beta2, eps):
    m = beta1 * m + g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return {"theta": theta - alpha * m_hat / (np.sqrt(v_hat) + eps), "m": m, "v": v}
