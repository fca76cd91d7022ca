"""torch's convolutions by oneDNN in half types, and by NNPACK."""

from functools import partial

from torch.nn import functional

from ... import Unsupported
from .convolutions import adjoint, extended, named, one_sided, zeros
from .layers import Layer
from .libraries import ONEDNN_HALF, without_onednn


def adjoint_by_onednn(x, w, stride, dilation, groups, padding, output_padding, b=None):
    """The transposed convolutions that torch hands to oneDNN."""
    if any(more >= s for more, s in zip(output_padding, stride, strict=True)):
        raise Unsupported("not by oneDNN: output_padding is not smaller than stride")
    return adjoint(x, w, stride, dilation, groups, padding, output_padding, b)


def nnpack(x, w, stride, dilation, groups, padding, b=None):
    """Conv2d by NNPACK, which torch takes without oneDNN and for 16 images or more.

    It transforms images: Winograd's algorithm for kernels of 3 x 3, FFT for 5 x 5.
    """
    if x.ndim != 4:
        raise Unsupported("NNPACK has images of two dimensions")
    images = functional.pad(x, (*[0] * 6, 0, max(16 - len(x), 0)))
    y = functional.conv2d(images, w, b, stride, one_sided(padding), dilation, groups)
    return {"y": y[: len(x)]}


# The processor's dot products of bfloat16 numbers flush subnormal ones to zero.
FLUSHES = {"bfloat16": "bfloat16+ftz", "float16": "float16"}
ONE_ROUNDING = tuple(f"{FLUSHES[base]}+fused" for base in ONEDNN_HALF)
# The gradient of F.pad is added up in the half type.
NATIVE = tuple(f"{FLUSHES[base]}+native" for base in ONEDNN_HALF)
TRANSFORMED = ("float32+ftz+winograd",)  # NNPACK flushes subnormals to zero

Conv = partial(Layer, "convolutions/conv")
Transpose = partial(Layer, "convolutions/conv_transpose")

ONEDNN = (
    Conv("zeros", zeros, ONE_ROUNDING, ONE_ROUNDING),
    Conv("valid", partial(named, "valid"), ONE_ROUNDING, ONE_ROUNDING),
    Conv("same_upper", partial(named, "same"), ONE_ROUNDING, ONE_ROUNDING),
    Conv("reflect", partial(extended, "reflect"), ONE_ROUNDING, NATIVE),
    Conv("replicate", partial(extended, "replicate"), ONE_ROUNDING, NATIVE),
    Conv("circular", partial(extended, "circular"), ONE_ROUNDING, NATIVE),
    Transpose("adjoint", adjoint_by_onednn, ONE_ROUNDING, ONE_ROUNDING),
)
NNPACK = (Conv("zeros", nnpack, TRANSFORMED, (), without_onednn),)
