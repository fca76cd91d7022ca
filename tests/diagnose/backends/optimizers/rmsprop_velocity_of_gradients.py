import numpy as np

from goldenrule.conformance import Backend

backend = Backend("rmsprop_velocity_of_gradients")


@backend.step("optimizers/rmsprop", dialect="outside", profile="float64")
def rmsprop(theta, g, v, b, alpha, rho, eps, beta):
    v = rho * v + (1 - rho) * g**2
    b = beta * b + g
    return {"theta": theta - alpha * b / (np.sqrt(v) + eps), "v": v, "b": b}
