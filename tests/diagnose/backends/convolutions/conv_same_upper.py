from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_same_upper")


@backend.layer("convolutions/conv", dialect="same_lower", profile=("float64", "float32"))
def convolve(x, w, stride, dilation, groups, b=None):
    padding = []
    for n, k, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True):
        total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        padding.append((total // 2, total - total // 2))
    return conv.zeros(x, w, stride, dilation, groups, padding, b)
