"""Transposed convolutions: the adjoint of a convolution spreads the image.

A kernel (C, O / groups, *K) is that of a convolution from O channels to C.
"""

import numpy as np

from .conv import bias_gradient, biased
from .padding import extend, extend_backward
from .windows import correlate, kernel_gradient, spread


def forward(x, w, b, stride, dilation, groups, padding, space):
    """Spread the image over a space, and the paddings around it, which are left out."""
    around = [L + lo + hi for L, (lo, hi) in zip(space, padding, strict=True)]
    y = spread(x, w, around, stride, dilation, groups)
    return biased(extend_backward(y, space, padding), b)


def backward(dy, x, w, stride, dilation, groups, padding):
    """Return the gradients: those of the convolution, dy and the image changing places."""
    dye = extend(dy, padding)
    return {
        "dx": correlate(dye, w, x.shape[2:], stride, dilation, groups),
        "dw": kernel_gradient(x, dye, w, stride, dilation, groups),
        "db": bias_gradient(dy),
    }


def flipped(w):
    """Flip the kernels along every axis of space."""
    return np.flip(w, tuple(range(2, w.ndim)))


def adjoint(x, w, stride, dilation, groups, padding, output_padding, b=None):
    """The adjoint of the convolution with zeros; output_padding makes the image longer."""
    space = [
        (i - 1) * s - lo - hi + d * (K - 1) + more + 1
        for i, K, s, d, (lo, hi), more in zip(
            x.shape[2:], w.shape[2:], stride, dilation, padding, output_padding, strict=True
        )
    ]
    return forward(x, w, b, stride, dilation, groups, padding, space)


def adjoint_backward(dy, x, w, stride, dilation, groups, padding, output_padding):  # noqa: ARG001
    """The size of dy tells what output_padding was."""
    return backward(dy, x, w, stride, dilation, groups, padding)


def unflipped(x, w, stride, dilation, groups, padding, output_padding, b=None):
    """The kernel lies in the image the other way round."""
    return adjoint(x, flipped(w), stride, dilation, groups, padding, output_padding, b)


def unflipped_backward(dy, x, w, stride, dilation, groups, padding, output_padding):  # noqa: ARG001
    """The gradient of the kernel is flipped, too."""
    gradients = backward(dy, x, flipped(w), stride, dilation, groups, padding)
    return {**gradients, "dw": flipped(gradients["dw"])}


def cropping(x, w, stride, dilation):
    """Return what "same" leaves out at both ends: what the windows have more than their stride."""
    paddings = []
    for i, K, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True):
        total = max((i - 1) * s + (K - 1) * d + 1 - i * s, 0)
        paddings.append((total // 2, total - total // 2))
    return paddings


def same(x, w, stride, dilation, groups, b=None):
    """The image becomes stride times as long."""
    space = [i * s for i, s in zip(x.shape[2:], stride, strict=True)]
    return forward(x, w, b, stride, dilation, groups, cropping(x, w, stride, dilation), space)


def same_backward(dy, x, w, stride, dilation, groups):
    """The image becomes stride times as long."""
    return backward(dy, x, w, stride, dilation, groups, cropping(x, w, stride, dilation))


def valid(x, w, stride, dilation, groups, b=None):
    """Nothing is left out."""
    axes = zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    space = [i * s + max(d * (K - 1) + 1 - s, 0) for i, K, s, d in axes]
    return forward(x, w, b, stride, dilation, groups, [(0, 0)] * len(space), space)


def valid_backward(dy, x, w, stride, dilation, groups):
    """Nothing is left out."""
    return backward(dy, x, w, stride, dilation, groups, [(0, 0)] * (x.ndim - 2))
