import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rmsprop_from_1")


@backend.trajectory("optimizers/rmsprop", dialect="outside", profile="float64")
def rmsprop(theta, steps, alpha, rho, eps):
    v = np.ones_like(theta)
    for step in steps:
        v = rho * v + (1 - rho) * step.g**2
        yield (theta := theta - step.alpha * step.g / (np.sqrt(v) + eps))
