import numpy as np

from goldenrule.conformance import Backend

backend = Backend("layer_norm_in_float32")


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile="float64")
def layer_norm(x, axis, eps):
    x, axes = x.astype(np.float32), tuple(range(axis, x.ndim))
    centred = x - x.mean(axes, keepdims=True)
    y = centred / np.sqrt((centred**2).mean(axes, keepdims=True) + np.float32(eps))
    return y.astype(np.float64)
