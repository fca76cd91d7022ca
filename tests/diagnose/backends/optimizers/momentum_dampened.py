from goldenrule.conformance import Backend

backend = Backend("momentum_dampened")


@backend.step("optimizers/momentum", dialect="outside", profile="float64")
def momentum(theta, g, a, alpha, beta, dampening):
    a = beta * a + (1 - dampening) * g
    return {"theta": theta - alpha * a, "a": a}
