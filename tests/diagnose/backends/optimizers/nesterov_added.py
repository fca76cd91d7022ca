from goldenrule.conformance import Backend

backend = Backend("nesterov_added")


@backend.step("optimizers/nesterov", dialect="shifted", profile="float64")
def nesterov(theta, g, a, alpha, beta):
    a = beta * a + g
    return {"theta": theta - alpha * g + alpha * beta * a, "a": a}
