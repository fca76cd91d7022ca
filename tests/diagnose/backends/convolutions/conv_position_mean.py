from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_position_mean")


@backend.gradient("convolutions/conv", dialect="zeros", profile="float64")
def convolve(dy, x, w, stride, dilation, groups, padding):
    gradients = conv.zeros_backward(dy, x, w, stride, dilation, groups, padding)
    return gradients | {"dw": gradients["dw"] / max(dy[:, 0].size, 1)}
