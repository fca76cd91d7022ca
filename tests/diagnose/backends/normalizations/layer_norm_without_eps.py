from goldenrule.conformance import Backend

backend = Backend("layer_norm_without_eps")


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile=("float64", "float32"))
def layer_norm(x, axis, eps, gamma=1, beta=0):
    axes = tuple(range(axis, x.ndim))
    mean, deviation = x.mean(axes, keepdims=True), x.std(axes, keepdims=True)
    return gamma * (x - mean) / deviation + beta
