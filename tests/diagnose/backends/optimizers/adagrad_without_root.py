from goldenrule.conformance import Backend

backend = Backend("adagrad_without_root")


@backend.step("optimizers/adagrad", dialect="outside", profile=("float64", "float32"))
def adagrad(theta, g, a, alpha, eps):
    a = a + g**2
    return {"theta": theta - alpha * g / (a + eps), "a": a}
