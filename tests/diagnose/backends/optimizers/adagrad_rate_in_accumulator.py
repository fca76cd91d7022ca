import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adagrad_rate_in_accumulator")


@backend.step("optimizers/adagrad", dialect="outside", profile="float64")
def adagrad(theta, g, a, alpha, eps):
    update = alpha * g
    a = a + update**2
    return {"theta": theta - update / (np.sqrt(a) + eps), "a": a}
