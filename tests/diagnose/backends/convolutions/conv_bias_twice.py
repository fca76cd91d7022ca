from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_bias_twice")


@backend.layer("convolutions/conv", dialect="zeros", profile=("float64", "float32"))
def convolve(x, w, stride, dilation, groups, padding, b=None):
    y = conv.zeros(x, w, stride, dilation, groups, padding, b)
    return y if b is None else y + b.reshape(-1, *[1] * (y.ndim - 2))
