from goldenrule.conformance import Backend

backend = Backend("momentum_beta_on_gradient")


@backend.step("optimizers/momentum", dialect="outside", profile="float64")
def momentum(theta, g, a, alpha, beta):
    a = a + beta * g
    return {"theta": theta - alpha * a, "a": a}
