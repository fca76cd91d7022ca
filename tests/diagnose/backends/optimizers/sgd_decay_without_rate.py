from goldenrule.conformance import Backend

backend = Backend("sgd_decay_without_rate")


@backend.step("optimizers/sgd", dialect="decoupled", profile="float64")
def sgd(theta, g, alpha, weight_decay):
    theta = theta - weight_decay * theta
    return theta - alpha * g
