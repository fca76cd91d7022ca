import numpy as np

from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv_transpose

backend = Backend("conv_transpose_unflipped")


@backend.layer("convolutions/conv_transpose", dialect="adjoint", profile="float64")
def deconvolve(x, w, stride, dilation, groups, padding, output_padding):
    w = np.flip(w, tuple(range(2, w.ndim)))
    return conv_transpose.adjoint(x, w, stride, dilation, groups, padding, output_padding)
