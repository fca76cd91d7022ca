from goldenrule.conformance import Backend

backend = Backend("momentum_rate_inside")


@backend.step("optimizers/momentum", dialect="outside", profile=("float64", "float32"))
def momentum(theta, g, a, alpha, beta):
    a = beta * a - alpha * g
    return {"theta": theta + a, "a": a}
