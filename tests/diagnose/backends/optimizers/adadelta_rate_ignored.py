import numpy as np

from goldenrule.conformance import Backend

backend = Backend("adadelta_rate_ignored")


@backend.step("optimizers/adadelta", dialect="paper", profile=("float64", "float32"))
def adadelta(theta, g, v, u, alpha, rho, eps):
    v = rho * v + (1 - rho) * g**2
    delta = np.sqrt((u + eps) / (v + eps)) * g
    u = rho * u + (1 - rho) * delta**2
    return {"theta": theta - delta, "v": v, "u": u}
