"""Convolutions, forward; float64 has no kernels.

Source: onnx 1.23.2, docs/Operators.md; onnxruntime 1.31.1, onnxruntime/core/providers/cpu/nn.
"""

from collections.abc import Sequence

import numpy as np

from ... import Unsupported
from .model import Array, backend, run

Pairs = Sequence[tuple[int, int]]
SINGLE = ("float32", "float16+fused")


def amounts(padding: Pairs) -> list[int]:
    """Return what is padded before every axis, then what is padded after.

    >>> amounts([(1, 2), (3, 4)])
    [1, 3, 2, 4]
    """
    return [amount for side in zip(*padding, strict=True) for amount in side]


def spans(w: Array, dilation: Sequence[int]) -> list[int]:
    """Return the length of the dilated kernel along each axis."""
    return [d * (k - 1) + 1 for d, k in zip(dilation, w.shape[2:], strict=True)]


def refuse_larger_kernel(x: Array, w: Array, dilation: Sequence[int], padding: Pairs) -> None:
    """Raise Unsupported if no window fits into the padded input."""
    lengths = [n + sum(pair) for n, pair in zip(x.shape[2:], padding, strict=True)]
    if any(n < span for n, span in zip(lengths, spans(w, dilation), strict=True)):
        raise Unsupported(f"Invalid input shape: {x.shape[2:]}: the kernel is larger")


def conv(x, w, b, stride, dilation, groups, profile, **padding):
    """Convolve; ``padding`` is ``pads`` or ``auto_pad``."""
    attributes = {"strides": stride, "dilations": dilation, "group": groups, **padding}
    return run("Conv", profile, x, {"w": w, "b": b}, **attributes)


@backend.layer("convolutions/conv", dialect="zeros", profile=SINGLE)
def conv_zeros(x, w, stride, dilation, groups, padding, profile, b=None):
    """Explicit padding."""
    refuse_larger_kernel(x, w, dilation, padding)
    return conv(x, w, b, stride, dilation, groups, profile, pads=amounts(padding))


@backend.layer("convolutions/conv", dialect="valid", profile=SINGLE)
def conv_valid(x, w, stride, dilation, groups, profile, b=None):
    """No padding."""
    refuse_larger_kernel(x, w, dilation, [(0, 0)] * len(stride))
    return conv(x, w, b, stride, dilation, groups, profile, auto_pad="VALID")


def conv_same(x, w, b, stride, dilation, groups, profile, auto_pad):
    """Padding that the operator works out."""
    if max(dilation) > 1:
        raise Unsupported(f"Dilation not supported for AutoPadType::{auto_pad}")
    return conv(x, w, b, stride, dilation, groups, profile, auto_pad=auto_pad)


@backend.layer("convolutions/conv", dialect="same_upper", profile=SINGLE)
def conv_same_upper(x, w, stride, dilation, groups, profile, b=None):
    """The odd one at the end."""
    return conv_same(x, w, b, stride, dilation, groups, profile, "SAME_UPPER")


@backend.layer("convolutions/conv", dialect="same_lower", profile=SINGLE)
def conv_same_lower(x, w, stride, dilation, groups, profile, b=None):
    """The odd one at the beginning."""
    return conv_same(x, w, b, stride, dilation, groups, profile, "SAME_LOWER")


def conv_transpose(x, w, b, stride, dilation, groups, profile, **padding):
    """Scatter; ``padding`` is ``pads`` and ``output_padding``, or ``auto_pad``."""
    attributes = {"strides": stride, "dilations": dilation, "group": groups, **padding}
    return run("ConvTranspose", profile, x, {"w": w, "b": b}, **attributes)


@backend.layer("convolutions/conv_transpose", dialect="adjoint", profile=SINGLE)
def conv_transpose_adjoint(
    x, w, stride, dilation, groups, padding, output_padding, profile, b=None
):
    """Explicit padding, which crops the result."""
    if any(end >= step for end, step in zip(output_padding, stride, strict=True)):
        raise Unsupported("output_padding may be too large: it must be less than the stride")
    cut = np.sum(padding, axis=1) - output_padding
    if np.any((np.array(x.shape[2:]) - 1) * stride + spans(w, dilation) <= cut):
        raise Unsupported("Computed output dimension is <= 0")
    pads = {"pads": amounts(padding), "output_padding": output_padding}
    return conv_transpose(x, w, b, stride, dilation, groups, profile, **pads)


@backend.layer("convolutions/conv_transpose", dialect="same", profile=SINGLE)
def conv_transpose_same(x, w, stride, dilation, groups, profile, b=None):
    """A result ``stride`` times as long as x, as ONNX defines SAME_UPPER.

    ONNX Runtime 1.31.1 returns a shorter one where the stride is longer than the dilated kernel.
    """
    return conv_transpose(x, w, b, stride, dilation, groups, profile, auto_pad="SAME_UPPER")


@backend.layer("convolutions/conv_transpose", dialect="valid", profile=SINGLE)
def conv_transpose_valid(x, w, stride, dilation, groups, profile, b=None):
    """No padding; the result reaches as far as the last stride, if that is longer than w."""
    ends = [max(s - span, 0) for s, span in zip(stride, spans(w, dilation), strict=True)]
    return conv_transpose(x, w, b, stride, dilation, groups, profile, output_padding=ends)
