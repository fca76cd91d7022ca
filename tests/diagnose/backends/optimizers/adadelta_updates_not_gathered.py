import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adadelta_updates_not_gathered")


@backend.step("optimizers/adadelta", dialect="paper", profile="float64")
def adadelta(theta, g, v, u, alpha, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = np.sqrt(u + eps) / np.sqrt(v + eps) * g
    u = rho * u + (1 - rho) * g**2
    return {"theta": theta - alpha * delta, "v": v, "u": u}
