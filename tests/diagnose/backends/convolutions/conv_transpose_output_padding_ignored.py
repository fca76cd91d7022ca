from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv_transpose

backend = Backend("conv_transpose_output_padding_ignored")


@backend.layer("convolutions/conv_transpose", dialect="adjoint", profile="float64")
def deconvolve(x, w, stride, dilation, groups, padding, output_padding):
    none = [0] * len(output_padding)
    return conv_transpose.adjoint(x, w, stride, dilation, groups, padding, none)
