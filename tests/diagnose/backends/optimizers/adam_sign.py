import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adam_sign")


@backend.step("optimizers/adam", dialect="paper", profile=("float64", "float32"))
def adam(theta, g, m, v, alpha, beta1, beta2, eps):
    return theta - alpha * np.sign(g)
