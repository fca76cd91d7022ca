from goldenrule.conformance import Backend

backend = Backend("sgd_decay_sign")


@backend.step("optimizers/sgd", dialect="l2", profile=("float64", "float32"))
def sgd(theta, g, alpha, weight_decay):
    return theta - alpha * (g - weight_decay * theta)
