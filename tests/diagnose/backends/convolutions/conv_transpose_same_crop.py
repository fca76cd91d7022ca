from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv_transpose

backend = Backend("conv_transpose_same_crop")


@backend.layer("convolutions/conv_transpose", dialect="same", profile=("float64", "float32"))
def deconvolve(x, w, stride, dilation, groups, b=None):
    cut = [(hi, lo) for lo, hi in conv_transpose.cropping(x, w, stride, dilation)]
    space = [n * s for n, s in zip(x.shape[2:], stride, strict=True)]
    return conv_transpose.forward(x, w, b, stride, dilation, groups, cut, space)
