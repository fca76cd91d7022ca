"""Convolution layers: products of a kernel with every window of the extended image.

They differ in how the image is extended.
"""

from .padding import extend, extend_backward, same
from .windows import correlate, kernel_gradient, lengths, spread


def biased(y, b):
    """Add a number to every channel."""
    return y if b is None else y + b.reshape(-1, *[1] * (y.ndim - 2))


def bias_gradient(dy):
    """Add up every channel."""
    return dy.sum((0, *range(2, dy.ndim)))


def forward(x, w, b, stride, dilation, groups, padding, mode):
    """Convolve the extended image."""
    xe = extend(x, padding, mode)
    counts = lengths(xe.shape[2:], w.shape[2:], stride, dilation)
    return biased(correlate(xe, w, counts, stride, dilation, groups), b)


def backward(dy, x, w, stride, dilation, groups, padding, mode):
    """Return the gradients of the image, the kernels and the bias."""
    xe = extend(x, padding, mode)
    dxe = spread(dy, w, xe.shape[2:], stride, dilation, groups)
    return {
        "dx": extend_backward(dxe, x.shape[2:], padding, mode),
        "dw": kernel_gradient(dy, xe, w, stride, dilation, groups),
        "db": bias_gradient(dy),
    }


def no_padding(x):
    """Return the padding that leaves the image as it is."""
    return [(0, 0)] * (x.ndim - 2)


def upper(x, w, stride, dilation):
    """Return the padding that keeps the size, the odd element at the end."""
    return same(x.shape[2:], w.shape[2:], stride, dilation)


def lower(x, w, stride, dilation):
    """Return the padding that keeps the size, the odd element at the start."""
    return [(high, low) for low, high in upper(x, w, stride, dilation)]


def past(w, dilation):
    """Return the padding that ends every window at its own element."""
    return [((K - 1) * d, 0) for K, d in zip(w.shape[2:], dilation, strict=True)]


def zeros(x, w, stride, dilation, groups, padding, b=None):
    """Zeros lie outside."""
    return forward(x, w, b, stride, dilation, groups, padding, "zeros")


def zeros_backward(dy, x, w, stride, dilation, groups, padding):
    """Zeros lie outside."""
    return backward(dy, x, w, stride, dilation, groups, padding, "zeros")


def valid(x, w, stride, dilation, groups, b=None):
    """Windows lie inside."""
    return forward(x, w, b, stride, dilation, groups, no_padding(x), "zeros")


def valid_backward(dy, x, w, stride, dilation, groups):
    """Windows lie inside."""
    return backward(dy, x, w, stride, dilation, groups, no_padding(x), "zeros")


def same_upper(x, w, stride, dilation, groups, b=None):
    """As many zeros as keep the size, the odd one at the end."""
    return forward(x, w, b, stride, dilation, groups, upper(x, w, stride, dilation), "zeros")


def same_upper_backward(dy, x, w, stride, dilation, groups):
    """As many zeros as keep the size, the odd one at the end."""
    return backward(dy, x, w, stride, dilation, groups, upper(x, w, stride, dilation), "zeros")


def same_lower(x, w, stride, dilation, groups, b=None):
    """As many zeros as keep the size, the odd one at the start."""
    return forward(x, w, b, stride, dilation, groups, lower(x, w, stride, dilation), "zeros")


def same_lower_backward(dy, x, w, stride, dilation, groups):
    """As many zeros as keep the size, the odd one at the start."""
    return backward(dy, x, w, stride, dilation, groups, lower(x, w, stride, dilation), "zeros")


def causal(x, w, stride, dilation, groups, b=None):
    """Zeros lie before the start; no window sees what comes after its own element."""
    return forward(x, w, b, stride, dilation, groups, past(w, dilation), "zeros")


def causal_backward(dy, x, w, stride, dilation, groups):
    """Zeros lie before the start; no window sees what comes after its own element."""
    return backward(dy, x, w, stride, dilation, groups, past(w, dilation), "zeros")


def reflect(x, w, stride, dilation, groups, padding, b=None):
    """The image is mirrored at its edge elements."""
    return forward(x, w, b, stride, dilation, groups, padding, "reflect")


def reflect_backward(dy, x, w, stride, dilation, groups, padding):
    """The image is mirrored at its edge elements."""
    return backward(dy, x, w, stride, dilation, groups, padding, "reflect")


def replicate(x, w, stride, dilation, groups, padding, b=None):
    """The edge elements go on."""
    return forward(x, w, b, stride, dilation, groups, padding, "replicate")


def replicate_backward(dy, x, w, stride, dilation, groups, padding):
    """The edge elements go on."""
    return backward(dy, x, w, stride, dilation, groups, padding, "replicate")


def circular(x, w, stride, dilation, groups, padding, b=None):
    """The image goes on from its other end."""
    return forward(x, w, b, stride, dilation, groups, padding, "circular")


def circular_backward(dy, x, w, stride, dilation, groups, padding):
    """The image goes on from its other end."""
    return backward(dy, x, w, stride, dilation, groups, padding, "circular")
