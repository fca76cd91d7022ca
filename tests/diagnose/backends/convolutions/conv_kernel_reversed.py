import numpy as np

from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_kernel_reversed")


@backend.layer("convolutions/conv", dialect="zeros", profile=("float64", "float32"))
def convolve(x, w, stride, dilation, groups, padding, b=None):
    return conv.zeros(x, np.flip(w, tuple(range(2, w.ndim))), stride, dilation, groups, padding, b)
