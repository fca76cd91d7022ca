"""Convolution: a kernel slides over an image and meets every window in a dot product.

x (N, C, *S) is the image, w (O, C/groups, *K) the kernel, b (O) the bias. stride and dilation have
an integer for each spatial axis, padding a pair (begin, end); groups divides C and O. The dialects
differ in nothing but the border of x: how wide it is, and what stands there.
"""

from ..windows import accumulate, borders


def zeros(ctx, x, w, b=None, *, stride, dilation, padding, groups):
    """Zeros, as many as said; PyTorch 2.13.0, torch/nn/modules/conv.py:366."""
    # WINDOW
    at = borders.zeros(x, w, groups, stride, dilation, padding)
    return accumulate.forward(ctx, at, x, w, b)


def zeros_bias_first(ctx, x, w, b, *, stride, dilation, padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.zeros(x, w, groups, stride, dilation, padding)
    return accumulate.bias_first(ctx, at, x, w, b)


def zeros_backward(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of zeros."""
    # WINDOW
    at = borders.zeros(x, w, groups, stride, dilation, padding)
    return accumulate.backward(ctx, at, dy, x, w)


def valid(ctx, x, w, b=None, *, stride, dilation, groups):
    """No border; JAX 0.10.2, jax/_src/lax/lax.py:9332, padtype_to_pads."""
    # WINDOW
    at = borders.valid(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def valid_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.valid(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def valid_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of valid."""
    # WINDOW
    at = borders.valid(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


def same_upper(ctx, x, w, b=None, *, stride, dilation, groups):
    """Zeros, the odd one at the end; JAX 0.10.2, jax/_src/lax/lax.py:9332, SAME."""
    # WINDOW
    at = borders.same_upper(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def same_upper_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.same_upper(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def same_upper_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of same_upper."""
    # WINDOW
    at = borders.same_upper(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


def same_lower(ctx, x, w, b=None, *, stride, dilation, groups):
    """Zeros, the odd one at the start; JAX 0.10.2, jax/_src/lax/lax.py:9332."""
    # WINDOW
    at = borders.same_lower(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def same_lower_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.same_lower(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def same_lower_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of same_lower."""
    # WINDOW
    at = borders.same_lower(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


def causal(ctx, x, w, b=None, *, stride, dilation, groups):
    """Zeros at the start alone; Flax 0.12.8, flax/linen/linear.py:606."""
    # WINDOW
    at = borders.causal(x, w, groups, stride, dilation)
    return accumulate.forward(ctx, at, x, w, b)


def causal_bias_first(ctx, x, w, b, *, stride, dilation, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.causal(x, w, groups, stride, dilation)
    return accumulate.bias_first(ctx, at, x, w, b)


def causal_backward(ctx, dy, x, w, *, stride, dilation, groups):
    """The gradients of causal."""
    # WINDOW
    at = borders.causal(x, w, groups, stride, dilation)
    return accumulate.backward(ctx, at, dy, x, w)


def reflect(ctx, x, w, b=None, *, stride, dilation, padding, groups):
    """The mirror image; PyTorch 2.13.0, torch/nn/modules/conv.py:366."""
    # WINDOW
    at = borders.reflect(x, w, groups, stride, dilation, padding)
    return accumulate.forward(ctx, at, x, w, b)


def reflect_bias_first(ctx, x, w, b, *, stride, dilation, padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.reflect(x, w, groups, stride, dilation, padding)
    return accumulate.bias_first(ctx, at, x, w, b)


def reflect_backward(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of reflect."""
    # WINDOW
    at = borders.reflect(x, w, groups, stride, dilation, padding)
    return accumulate.backward(ctx, at, dy, x, w)


def reflect_folded(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of reflect, in two steps."""
    # WINDOW
    at = borders.reflect(x, w, groups, stride, dilation, padding)
    steps = borders.in_two_steps(x, w, groups, stride, dilation, padding, borders.mirrored)
    return accumulate.folded_backward(ctx, at, steps, dy, x, w)


def replicate(ctx, x, w, b=None, *, stride, dilation, padding, groups):
    """The outermost element; PyTorch 2.13.0, torch/nn/modules/conv.py:366."""
    # WINDOW
    at = borders.replicate(x, w, groups, stride, dilation, padding)
    return accumulate.forward(ctx, at, x, w, b)


def replicate_bias_first(ctx, x, w, b, *, stride, dilation, padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.replicate(x, w, groups, stride, dilation, padding)
    return accumulate.bias_first(ctx, at, x, w, b)


def replicate_backward(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of replicate."""
    # WINDOW
    at = borders.replicate(x, w, groups, stride, dilation, padding)
    return accumulate.backward(ctx, at, dy, x, w)


def replicate_folded(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of replicate, in two steps."""
    # WINDOW
    at = borders.replicate(x, w, groups, stride, dilation, padding)
    steps = borders.in_two_steps(x, w, groups, stride, dilation, padding, borders.nearest)
    return accumulate.folded_backward(ctx, at, steps, dy, x, w)


def circular(ctx, x, w, b=None, *, stride, dilation, padding, groups):
    """The image again; PyTorch 2.13.0, torch/nn/modules/conv.py:366."""
    # WINDOW
    at = borders.circular(x, w, groups, stride, dilation, padding)
    return accumulate.forward(ctx, at, x, w, b)


def circular_bias_first(ctx, x, w, b, *, stride, dilation, padding, groups):
    """The bias in every sum from the start."""
    # WINDOW
    at = borders.circular(x, w, groups, stride, dilation, padding)
    return accumulate.bias_first(ctx, at, x, w, b)


def circular_backward(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of circular."""
    # WINDOW
    at = borders.circular(x, w, groups, stride, dilation, padding)
    return accumulate.backward(ctx, at, dy, x, w)


def circular_folded(ctx, dy, x, w, *, stride, dilation, padding, groups):
    """The gradients of circular, in two steps."""
    # WINDOW
    at = borders.circular(x, w, groups, stride, dilation, padding)
    steps = borders.in_two_steps(x, w, groups, stride, dilation, padding, borders.wrapped)
    return accumulate.folded_backward(ctx, at, steps, dy, x, w)


FORMS = {
    "zeros": (zeros, zeros_bias_first),
    "valid": (valid, valid_bias_first),
    "same_upper": (same_upper, same_upper_bias_first),
    "same_lower": (same_lower, same_lower_bias_first),
    "causal": (causal, causal_bias_first),
    "reflect": (reflect, reflect_bias_first),
    "replicate": (replicate, replicate_bias_first),
    "circular": (circular, circular_bias_first),
}
BACKWARD = {
    "zeros": (zeros_backward,),
    "valid": (valid_backward,),
    "same_upper": (same_upper_backward,),
    "same_lower": (same_lower_backward,),
    "causal": (causal_backward,),
    "reflect": (reflect_backward, reflect_folded),
    "replicate": (replicate_backward, replicate_folded),
    "circular": (circular_backward, circular_folded),
}
