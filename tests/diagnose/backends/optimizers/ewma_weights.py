from goldenrule.conformance import Backend

backend = Backend("ewma_weights")


@backend.step("optimizers/ewma", dialect="uncorrected", profile=("float64", "float32"))
def ewma(x, v, beta):
    v = (1 - beta) * v + beta * x
    return {"average": v, "v": v}
