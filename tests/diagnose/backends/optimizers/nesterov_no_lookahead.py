from goldenrule.conformance import Backend

backend = Backend("nesterov_no_lookahead")


@backend.step("optimizers/nesterov", dialect="lookahead", profile="float64")
def nesterov(theta, a, gradient, alpha, beta):
    a = beta * a + gradient(theta)
    return {"theta": theta - alpha * a, "a": a}
