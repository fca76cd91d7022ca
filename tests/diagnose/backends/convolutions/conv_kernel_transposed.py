from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_kernel_transposed")


@backend.layer("convolutions/conv", dialect="zeros", profile=("float64", "float32"))
def convolve(x, w, stride, dilation, groups, padding, b=None):
    return conv.zeros(
        x, w.swapaxes(-1, -2) if w.ndim > 3 else w, stride, dilation, groups, padding, b
    )
