from goldenrule.conformance import Backend

backend = Backend("momentum_stale")


@backend.step("optimizers/momentum", dialect="outside", profile="float64")
def momentum(theta, g, a, alpha, beta):
    return {"theta": theta - alpha * a, "a": beta * a + g}
