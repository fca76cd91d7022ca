import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adagrad_decay_from_1")


@backend.step("optimizers/adagrad", dialect="outside", profile="float64")
def adagrad(theta, g, a, t, alpha, eps, lr_decay):
    a = a + g**2
    rate = alpha / (1 + t * lr_decay)
    return {"theta": theta - rate * g / (np.sqrt(a) + eps), "a": a}
