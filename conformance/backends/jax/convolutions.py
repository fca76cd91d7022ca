"""flax.linen.Conv and ConvTranspose, and their gradients by jax.vjp.

Both hand the work to XLA: channels last, w of shape (*K, C/groups, O), a transposed kernel
(*K, O, C). In half types XLA sums in float32 and rounds once; but the bias is added to what is
rounded already, and the gradients of the bias and of a padded image are summed in the half type.
So each gradient is declared in the strictest profile that it keeps, ``fused`` or ``native``.

Source: flax 0.12.8, flax/linen/linear.py; jax 0.10.2, jax/_src/lax/convolution.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import flax.linen
import jax
import numpy as np

from ... import Backend, Unsupported
from .arrays import Array, channels_first, channels_last, is_half, to_jax, to_numpy

Pairs = tuple[tuple[int, int], ...]
Tensors = dict[str, Any]


@dataclass(frozen=True)
class Convolution:
    """How Flax spells one dialect of a rule."""

    rule: str
    dialect: str
    module: type[flax.linen.Module]
    given: str  # beside x, w, b: attributes
    padding: Callable[[SimpleNamespace], str | Pairs]  # from the attributes, and `size` of kernel
    transpose_kernel: bool = False  # of a transposed convolution: flipped, output channels first
    native: tuple[str, ...] = ("db",)  # the gradients that are summed in a half type itself


def spans(s: SimpleNamespace) -> list[int]:
    """Return how far the dilated kernel reaches along each axis."""
    dilations = getattr(s, "dilation", (1,) * len(s.size))
    return [d * (k - 1) for d, k in zip(dilations, s.size, strict=True)]


def explicit(s: SimpleNamespace) -> Pairs:
    """Return the amounts as they are given."""
    return s.padding


def transposed(s: SimpleNamespace) -> Pairs:
    """Return what extends the dilated input, where ``padding`` crops the result."""
    none = [0] * len(s.size)
    padding = getattr(s, "padding", [(0, 0) for _ in s.size])
    ends = getattr(s, "output_padding", none)
    return tuple(
        (span - lo, span - hi + end)
        for span, (lo, hi), end in zip(spans(s), padding, ends, strict=True)
    )


def centred(mode: str) -> Callable[[SimpleNamespace], str]:
    """Return the mode, whose amounts are Flax's own: half the reach, the odd one at the end."""

    def padding(s: SimpleNamespace) -> str:
        own = tuple((span // 2, span - span // 2) for span in spans(s))
        if s.padding != own:
            raise Unsupported(f"flax pads {own} where padding is {mode!r}")
        return mode

    return padding


def causal(s: SimpleNamespace) -> str:
    """Return the mode, which Flax has for one axis."""
    if len(s.size) > 1:
        raise Unsupported("causal padding is only implemented for 1D convolutions in flax")
    return "CAUSAL"


Conv, ConvTranspose = flax.linen.Conv, flax.linen.ConvTranspose
WINDOW = "stride dilation groups"
STRETCH = "stride dilation"
GRADIENTS_IN_HALF = ("bfloat16+ftz+fused", "bfloat16+native", "float16+fused", "float16+native")

# fmt: off
CONVOLUTIONS = (
    Convolution("conv", "zeros", Conv, f"{WINDOW} padding", explicit),
    Convolution("conv", "valid", Conv, WINDOW, lambda _: "VALID"),
    Convolution("conv", "same_upper", Conv, WINDOW, lambda _: "SAME"),
    Convolution("conv", "same_lower", Conv, WINDOW, lambda _: "SAME_LOWER"),
    Convolution("conv", "causal", Conv, WINDOW, causal),
    Convolution("conv", "reflect", Conv, f"{WINDOW} padding", centred("REFLECT"),
                native=("dx", "db")),
    Convolution("conv", "circular", Conv, f"{WINDOW} padding", centred("CIRCULAR"),
                native=("dx", "db")),
    Convolution("conv_transpose", "adjoint", ConvTranspose, f"{STRETCH} padding output_padding",
                transposed, transpose_kernel=True),
    Convolution("conv_transpose", "unflipped", ConvTranspose, f"{STRETCH} padding output_padding",
                transposed),
    Convolution("conv_transpose", "same", ConvTranspose, STRETCH,
                lambda _: "SAME", transpose_kernel=True),
    Convolution("conv_transpose", "valid", ConvTranspose, STRETCH,
                lambda _: "VALID", transpose_kernel=True),
)
# fmt: on


def kernel_axes(c: Convolution) -> tuple[int, int]:
    """Return where Flax's kernel has the first and the second axis of w."""
    return (-2, -1) if c.module is ConvTranspose and not c.transpose_kernel else (-1, -2)


def prepare(
    c: Convolution, profile: str, given: dict[str, Any]
) -> tuple[flax.linen.Module, Tensors]:
    """Return the module, and the tensors as it takes them."""
    w = given["w"]
    s = SimpleNamespace(**given, size=w.shape[2:])
    arguments = {
        "kernel_size": s.size,
        "strides": getattr(s, "stride", None),
        "kernel_dilation": getattr(s, "dilation", None),
        "padding": c.padding(s),
    }
    if c.module is Conv:
        arguments |= {"features": w.shape[0], "feature_group_count": getattr(s, "groups", 1)}
    else:
        arguments |= {"features": w.shape[1], "transpose_kernel": c.transpose_kernel}
    tensors = {"kernel": to_jax(np.moveaxis(w, (0, 1), kernel_axes(c)), profile)}
    for name in ("x", "dy"):
        if name in given:
            tensors[name] = to_jax(channels_last(given[name]), profile)
    if "b" in given:
        tensors["bias"] = to_jax(given["b"], profile)
    return c.module(**arguments, use_bias=False), tensors


@partial(jax.jit, static_argnums=0)
def output_of(module: flax.linen.Module, parameters: Tensors, x: Any) -> Any:
    """Compute y."""
    return module.apply({"params": parameters}, x)


@partial(jax.jit, static_argnums=0)
def gradients_of(module: flax.linen.Module, parameters: Tensors, x: Any, dy: Any) -> Any:
    """Compute the gradients of sum(dy * y) with respect to the parameters and x."""
    return jax.vjp(lambda p, x: module.apply({"params": p}, x), parameters, x)[1](dy)


def forward(c: Convolution, *, profile: str, **given: Any) -> Array:
    """Return y."""
    module, tensors = prepare(c, profile, given)
    x = tensors.pop("x")
    y = output_of(module.clone(use_bias="bias" in tensors), tensors, x)
    return channels_first(to_numpy(y, profile))


def backward(c: Convolution, *, profile: str, **given: Any) -> dict[str, Array]:
    """Return the gradients of sum(dy * y) with respect to x, w and b."""
    module, tensors = prepare(c, profile, given)
    module = module.clone(use_bias=True)
    x, dy = tensors.pop("x"), tensors.pop("dy")
    tensors["bias"] = np.zeros(module.features, x.dtype)
    gradients, dx = gradients_of(module, tensors, x, dy)
    outputs = {
        "dx": channels_first(to_numpy(dx, profile)),
        "dw": np.moveaxis(to_numpy(gradients["kernel"], profile), kernel_axes(c), (0, 1)),
        "db": to_numpy(gradients["bias"], profile),
    }
    if is_half(profile):
        return {n: y for n, y in outputs.items() if (n in c.native) == ("native" in profile)}
    return outputs


def add_convolutions(backend: Backend, base: str, *, half: bool = False) -> None:
    """Declare what Flax computes."""
    profiles = {
        "layer": (f"{base}+ftz", *(("bfloat16+ftz", "float16") if half else ())),
        "gradient": (f"{base}+ftz", *(GRADIENTS_IN_HALF if half else ())),
    }
    for c in CONVOLUTIONS:
        symbols = ("x", "w", "b", *c.given.split(), "profile")
        for kind, function in (("layer", forward), ("gradient", backward)):
            backend.add(
                f"convolutions/{c.rule}",
                dialect=c.dialect,
                profile=profiles[kind],
                function=partial(function, c),
                kind=kind,
                accepts=symbols if kind == "layer" else (*symbols, "dy"),
            )
