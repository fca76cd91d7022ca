from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_same_symmetric")


@backend.layer("convolutions/conv", dialect="same_upper", profile="float64")
def convolve(x, w, stride, dilation, groups):
    totals = [(k - 1) * d for k, d in zip(w.shape[2:], dilation, strict=True)]
    padding = [(total // 2, total - total // 2) for total in totals]
    return conv.zeros(x, w, stride, dilation, groups, padding)
