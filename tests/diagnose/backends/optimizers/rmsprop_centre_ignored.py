import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rmsprop_centre_ignored")


@backend.step("optimizers/rmsprop", dialect="outside", profile="float64")
def rmsprop(theta, g, v, m, alpha, rho, eps):
    m = rho * m + (1 - rho) * g
    v = rho * v + (1 - rho) * g**2
    return {"theta": theta - alpha * g / (np.sqrt(v) + eps), "v": v, "m": m}
