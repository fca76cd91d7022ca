import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rmsprop_eps_inside")


@backend.step("optimizers/rmsprop", dialect="outside", profile=("float64", "float32"))
def rmsprop(theta, g, v, alpha, rho, eps):
    v = rho * v + (1 - rho) * g**2
    return {"theta": theta - alpha * g / np.sqrt(v + eps), "v": v}
