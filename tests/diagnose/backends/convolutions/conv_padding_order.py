from goldenrule.conformance import Backend
from goldenrule.conformance.backends.numpy.convolutions import conv

backend = Backend("conv_padding_order")


@backend.layer("convolutions/conv", dialect="zeros", profile="float64")
def convolve(x, w, stride, dilation, groups, padding):
    pads = [low for low, _ in padding] + [high for _, high in padding]
    pairs = [tuple(pads[i : i + 2]) for i in range(0, len(pads), 2)]
    return conv.zeros(x, w, stride, dilation, groups, pairs)
