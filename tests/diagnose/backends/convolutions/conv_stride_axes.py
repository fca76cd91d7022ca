from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_stride_axes")


@backend.layer("convolutions/conv", dialect="zeros", profile=("float64", "float32"))
def convolve(x, w, stride, dilation, groups, padding, b=None):
    return conv.zeros(x, w, stride[::-1], dilation, groups, padding, b)
