from goldenrule.conformance import Backend

backend = Backend("nesterov_plain")


@backend.step("optimizers/nesterov", dialect="shifted", profile=("float64", "float32"))
def nesterov(theta, g, a, alpha, beta):
    a = beta * a + g
    return {"theta": theta - alpha * a, "a": a}
