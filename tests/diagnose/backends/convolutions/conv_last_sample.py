from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_last_sample")


@backend.gradient("convolutions/conv", dialect="zeros", profile="float64")
def convolve(dy, x, w, stride, dilation, groups, padding):
    gradients = conv.zeros_backward(dy, x, w, stride, dilation, groups, padding)
    last = conv.zeros_backward(dy[-1:], x[-1:], w, stride, dilation, groups, padding)
    return gradients | {"dw": last["dw"], "db": last["db"]}
