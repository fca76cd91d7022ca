from goldenrule.conformance import Backend

backend = Backend("momentum_sign")


@backend.step("optimizers/momentum", dialect="outside", profile=("float64", "float32"))
def momentum(theta, g, a, alpha, beta):
    a = beta * a + g
    return {"theta": theta + alpha * a, "a": a}
