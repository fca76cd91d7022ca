from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_bias_for_each_input")


@backend.layer("convolutions/conv", dialect="zeros", profile="float64")
def convolve(x, w, stride, dilation, groups, padding, b):
    return conv.zeros(x, w, stride, dilation, groups, padding, b * w.shape[1])
