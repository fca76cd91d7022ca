"""Transposed convolution: every element of an image spreads a kernel over y.

x (N, C, *S) is the image, w (C, O/groups, *K) the kernel, b (O) the bias. stride and dilation have
an integer for each spatial axis; groups divides C and O. padding has a pair (begin, end) of what is
cut off y, and output_padding what y has more at its end. It is the adjoint of convolution, with the
same kernel; the dialects differ in how much they cut off, and unflipped in the kernel's direction.
"""

from ..windows import accumulate, crops


def adjoint(ctx, x, w, b=None, *, stride, dilation, padding, output_padding, groups):
    """As much cut off as said; PyTorch 2.13.0, torch/nn/modules/conv.py:778."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding)
    return accumulate.forward(ctx, at, x, w, b)


def adjoint_bias_first(ctx, x, w, b, *, stride, dilation, padding, output_padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding)
    return accumulate.bias_first(ctx, at, x, w, b)


def adjoint_backward(ctx, dy, x, w, *, stride, dilation, padding, output_padding, groups):
    """The gradients of adjoint."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding)
    return accumulate.backward(ctx, at, dy, x, w)


def unflipped(ctx, x, w, b=None, *, stride, dilation, padding, output_padding, groups):
    """The kernel reversed; JAX 0.10.2, jax/_src/lax/convolution.py:296, conv_transpose."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding).flipped()
    return accumulate.forward(ctx, at, x, w, b)


def unflipped_bias_first(ctx, x, w, b, *, stride, dilation, padding, output_padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding).flipped()
    return accumulate.bias_first(ctx, at, x, w, b)


def unflipped_backward(ctx, dy, x, w, *, stride, dilation, padding, output_padding, groups):
    """The gradients of unflipped."""
    # WINDOW
    at = crops.adjoint(x, w, groups, stride, dilation, padding, output_padding).flipped()
    return accumulate.backward(ctx, at, dy, x, w)


def same(ctx, x, w, b=None, *, stride, dilation, groups):
    """As large as x times the stride; TensorFlow 2.21.0, tf.nn.conv_transpose, SAME."""
    # WINDOW
    at = crops.same(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def same_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = crops.same(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def same_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of same."""
    # WINDOW
    at = crops.same(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


def valid(ctx, x, w, b=None, *, stride, dilation, groups):
    """All of it; TensorFlow 2.21.0, tf.nn.conv_transpose, VALID."""
    # WINDOW
    at = crops.valid(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def valid_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = crops.valid(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def valid_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of valid."""
    # WINDOW
    at = crops.valid(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


FORMS = {
    "adjoint": (adjoint, adjoint_bias_first),
    "unflipped": (unflipped, unflipped_bias_first),
    "same": (same, same_bias_first),
    "valid": (valid, valid_bias_first),
}
BACKWARD = {
    "adjoint": (adjoint_backward,),
    "unflipped": (unflipped_backward,),
    "same": (same_backward,),
    "valid": (valid_backward,),
}
