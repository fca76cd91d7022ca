from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv_transpose

backend = Backend("conv_transpose_crop")


@backend.layer("convolutions/conv_transpose", dialect="adjoint", profile=("float64", "float32"))
def deconvolve(x, w, stride, dilation, groups, padding, output_padding, b=None):
    ends = [(hi, lo) for lo, hi in padding]
    return conv_transpose.adjoint(x, w, stride, dilation, groups, ends, output_padding, b)
