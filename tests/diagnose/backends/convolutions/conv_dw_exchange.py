import numpy as np

from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv, windows

backend = Backend("conv_dw_exchange")


@backend.gradient("convolutions/conv", dialect="zeros", profile=("float64", "float32"))
def convolve(dy, x, w, stride, dilation, groups, padding):
    xe = np.pad(x, [(0, 0), (0, 0), *((lo, hi + 9) for lo, hi in padding)])
    dw = windows.kernel_gradient(dy, xe, w, dilation, stride, groups)
    return conv.zeros_backward(dy, x, w, stride, dilation, groups, padding) | {"dw": dw}
