import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_amsgrad_of_corrected")


@backend.step("optimizers/adam", dialect="paper", profile="float64")
def adam(theta, g, m, v, v_max, t, alpha, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    theta = theta - alpha * m / (1 - beta1**t) / (np.sqrt(v_max) + eps)
    return {"theta": theta, "m": m, "v": v, "v_max": v_max}
