from goldenrule.conformance import Backend

backend = Backend("ewma_compounded")


@backend.step("optimizers/ewma", dialect="corrected", profile="float64")
def ewma(x, v, t, beta):
    v = beta * v + (1 - beta) * x
    v /= 1 - beta**t
    return {"average": v, "v": v}
