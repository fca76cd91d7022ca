"""torch's convolutions: torch.nn.functional, and the modules of torch.nn.

Kernels lie in memory as the rules have them. Where one side is padded more than the other, F.pad
does it.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial, wraps
from itertools import chain

from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional

from ... import Unsupported
from .layers import Layer, by_rank, channels_last
from .libraries import with_onednn_unless_half

CONV = {3: functional.conv1d, 4: functional.conv2d, 5: functional.conv3d}
CONV_TRANSPOSE = {
    3: functional.conv_transpose1d,
    4: functional.conv_transpose2d,
    5: functional.conv_transpose3d,
}
CONV_MODULES = {3: nn.Conv1d, 4: nn.Conv2d, 5: nn.Conv3d}
TRANSPOSE_MODULES = {3: nn.ConvTranspose1d, 4: nn.ConvTranspose2d, 5: nn.ConvTranspose3d}


def one_sided(padding) -> tuple[int, ...]:
    """Return the padding of one side.

    Raises Unsupported if the other side has another.
    """
    if any(low != high for low, high in padding):
        raise Unsupported("torch pads both sides alike")
    return tuple(low for low, _ in padding)


def extend(x: Tensor, padding, mode: str) -> Tensor:
    """Pad by F.pad, which takes the last axis first."""
    return functional.pad(x, tuple(chain(*reversed(padding))), mode)


@contextmanager
def no_advice() -> Iterator[None]:
    """Let torch not warn that it copies an image to pad its sides differently."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Using padding='same'")
        yield


def zeros(x, w, stride, dilation, groups, padding, b=None):
    """Conv with a padding, or F.pad before it."""
    if any(low != high for low, high in padding):
        x, padding = extend(x, padding, "constant"), [(0, 0)] * len(padding)
    y = by_rank(CONV, x)(x, w, b, stride, one_sided(padding), dilation, groups)
    return {"y": y}


def named(padding: str, x, w, stride, dilation, groups, b=None):
    """Conv with a padding that has a name."""
    with no_advice():
        return {"y": by_rank(CONV, x)(x, w, b, stride, padding, dilation, groups)}


def extended(mode: str, x, w, stride, dilation, groups, padding, b=None):
    """F.pad, then conv."""
    x = extend(x, padding, mode)
    return {"y": by_rank(CONV, x)(x, w, b, stride, 0, dilation, groups)}


def adjoint(x, w, stride, dilation, groups, padding, output_padding, b=None):
    """The transposed convolutions with a padding, or F.pad after them to cut it off."""
    cut = any(low != high for low, high in padding)
    inside = 0 if cut else one_sided(padding)
    y = by_rank(CONV_TRANSPOSE, x)(x, w, b, stride, inside, output_padding, groups, dilation)
    outside = [(-low, -high) for low, high in padding]
    return {"y": extend(y, outside, "constant") if cut else y}


def call(module: nn.Module, x, w, b):
    """Call a module with these parameters."""
    parameters = {"weight": w} if b is None else {"weight": w, "bias": b}
    return {"y": functional_call(module, parameters, x)}


def named_module(padding: str, x, w, stride, dilation, groups, b=None):
    """Conv1d, 2d or 3d with a padding that has a name."""
    channels = w.shape[1] * groups
    module = by_rank(CONV_MODULES, x)(
        channels, len(w), w.shape[2:], stride, padding, dilation, groups, b is not None
    )
    with no_advice():
        return call(module, x, w, b)


def extended_module(mode: str, x, w, stride, dilation, groups, padding, b=None):
    """Conv1d, 2d or 3d with a padding mode."""
    channels, padding = w.shape[1] * groups, one_sided(padding)
    module = by_rank(CONV_MODULES, x)(
        channels, len(w), w.shape[2:], stride, padding, dilation, groups, b is not None, mode
    )
    return call(module, x, w, b)


def adjoint_module(x, w, stride, dilation, groups, padding, output_padding, b=None):
    """ConvTranspose1d, 2d or 3d."""
    channels, padding = w.shape[1] * groups, one_sided(padding)
    kernel, bias = w.shape[2:], b is not None
    module = by_rank(TRANSPOSE_MODULES, x)(
        len(w), channels, kernel, stride, padding, output_padding, groups, bias, dilation
    )
    return call(module, x, w, b)


def in_channels_last(function):
    """Let a function have the image and the kernel with their channels last in memory."""

    @wraps(function)
    def call(x, w, **given):
        return function(channels_last(x), channels_last(w), **given)

    return call


FULL = ("float64", "float32")
ONE_ROUNDING = (*FULL, "bfloat16+fused", "float16+fused")
# Gradients are added up in the half type, and so are transposed convolutions.
NATIVE = (*FULL, "bfloat16+native", "float16+native")

Conv = partial(Layer, "convolutions/conv", settings=with_onednn_unless_half)
Transpose = partial(Layer, "convolutions/conv_transpose", settings=with_onednn_unless_half)
FUNCTIONS = (
    Conv("zeros", zeros, ONE_ROUNDING, NATIVE),
    Conv("valid", partial(named, "valid"), ONE_ROUNDING, NATIVE),
    Conv("same_upper", partial(named, "same"), ONE_ROUNDING, NATIVE),
    Conv("reflect", partial(extended, "reflect"), ONE_ROUNDING, NATIVE),
    Conv("replicate", partial(extended, "replicate"), ONE_ROUNDING, NATIVE),
    Conv("circular", partial(extended, "circular"), ONE_ROUNDING, NATIVE),
    Transpose("adjoint", adjoint, NATIVE, NATIVE),
)
MODULES = (
    Conv("zeros", partial(extended_module, "zeros"), ONE_ROUNDING, NATIVE),
    Conv("valid", partial(named_module, "valid"), ONE_ROUNDING, NATIVE),
    Conv("same_upper", partial(named_module, "same"), ONE_ROUNDING, NATIVE),
    Conv("reflect", partial(extended_module, "reflect"), ONE_ROUNDING, NATIVE),
    Conv("replicate", partial(extended_module, "replicate"), ONE_ROUNDING, NATIVE),
    Conv("circular", partial(extended_module, "circular"), ONE_ROUNDING, NATIVE),
    Transpose("adjoint", adjoint_module, NATIVE, NATIVE),
)
CHANNELS_LAST = tuple(
    replace(layer, function=in_channels_last(layer.function)) for layer in FUNCTIONS
)
