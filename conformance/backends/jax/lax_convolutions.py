"""jax.lax.conv_general_dilated and conv_transpose, and their gradients by jax.vjp.

Channels first, kernels as the rules have them: other layouts than Flax hands to XLA. Neither
function adds a bias, and the transposed one has no groups. Its amounts of padding are those of the
convolution that it is the adjoint of (``use_consistent_padding``).

Source: jax 0.10.2, jax/_src/lax/convolution.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import jax

from ... import Backend
from .arrays import Array, to_jax, to_numpy

Padding = str | tuple[tuple[int, int], ...]
Function = Callable[..., jax.Array]
Call = tuple[Function, tuple[tuple[str, Any], ...]]


def conv(s: SimpleNamespace, padding: Padding) -> dict[str, Any]:
    """Return the arguments of conv_general_dilated."""
    return {
        "window_strides": s.stride,
        "padding": padding,
        "rhs_dilation": s.dilation,
        "feature_group_count": s.groups,
        "dimension_numbers": ("NC" + s.axes, "OI" + s.axes, "NC" + s.axes),
    }


def conv_transpose(s: SimpleNamespace, padding: Padding, *, flip: bool = True) -> dict[str, Any]:
    """Return the arguments of conv_transpose.

    Where it flips the kernel, it takes that of the convolution which it is the adjoint of: the
    first axis is that convolution's output.
    """
    kernel = "OI" if flip else "IO"
    return {
        "strides": s.stride,
        "padding": padding,
        "rhs_dilation": s.dilation,
        "transpose_kernel": flip,
        "dimension_numbers": ("NC" + s.axes, kernel + s.axes, "NC" + s.axes),
        "use_consistent_padding": True,
    }


def cropped(s: SimpleNamespace) -> Padding:
    """Return the amounts to crop, where ``output_padding`` keeps more of the end."""
    return tuple((lo, hi - end) for (lo, hi), end in zip(s.padding, s.output_padding, strict=True))


@dataclass(frozen=True)
class Convolution:
    """How JAX spells one dialect of a rule."""

    rule: str
    dialect: str
    function: Function
    given: str  # beside x and w: attributes
    arguments: Callable[[SimpleNamespace], dict[str, Any]]  # from the attributes, and spatial axes


CONV, TRANSPOSE = jax.lax.conv_general_dilated, jax.lax.conv_transpose
WINDOW = "stride dilation groups"
STRETCH = "stride dilation"

# fmt: off
CONVOLUTIONS = (
    Convolution("conv", "zeros", CONV, f"{WINDOW} padding", lambda s: conv(s, s.padding)),
    Convolution("conv", "valid", CONV, WINDOW, lambda s: conv(s, "VALID")),
    Convolution("conv", "same_upper", CONV, WINDOW, lambda s: conv(s, "SAME")),
    Convolution("conv", "same_lower", CONV, WINDOW, lambda s: conv(s, "SAME_LOWER")),
    Convolution("conv_transpose", "adjoint", TRANSPOSE, f"{STRETCH} padding output_padding",
                lambda s: conv_transpose(s, cropped(s))),
    Convolution("conv_transpose", "unflipped", TRANSPOSE, f"{STRETCH} padding output_padding",
                lambda s: conv_transpose(s, cropped(s), flip=False)),
    Convolution("conv_transpose", "same", TRANSPOSE, STRETCH,
                lambda s: conv_transpose(s, "SAME")),
    Convolution("conv_transpose", "valid", TRANSPOSE, STRETCH,
                lambda s: conv_transpose(s, "VALID")),
)
# fmt: on


def prepare(c: Convolution, x: Array, attributes: dict[str, Any]) -> Call:
    """Return the function to call, with its arguments beside x and w."""
    axes = "DHW"[-(x.ndim - 2) :]
    arguments = c.arguments(SimpleNamespace(**attributes, axes=axes))
    return c.function, tuple(arguments.items())


@partial(jax.jit, static_argnums=0)
def output_of(call: Call, x: Any, w: Any) -> jax.Array:
    """Compute y."""
    function, arguments = call
    return function(x, w, **dict(arguments))


@partial(jax.jit, static_argnums=0)
def gradients_of(call: Call, x: Any, w: Any, dy: Any) -> tuple[jax.Array, jax.Array]:
    """Compute the gradients of sum(dy * y) with respect to x and w."""
    return jax.vjp(partial(output_of, call), x, w)[1](dy)


def forward(c: Convolution, x: Array, w: Array, profile: str, **attributes: Any) -> Array:
    """Return y."""
    y = output_of(prepare(c, x, attributes), to_jax(x, profile), to_jax(w, profile))
    return to_numpy(y, profile)


def backward(
    c: Convolution, dy: Array, x: Array, w: Array, profile: str, **attributes: Any
) -> dict[str, Array]:
    """Return the gradients of sum(dy * y) with respect to x and w."""
    tensors = [to_jax(tensor, profile) for tensor in (x, w, dy)]
    dx, dw = gradients_of(prepare(c, x, attributes), *tensors)
    return {"dx": to_numpy(dx, profile), "dw": to_numpy(dw, profile)}


def add_lax_convolutions(backend: Backend, profiles: tuple[str, ...]) -> None:
    """Declare what jax.lax computes."""
    for c in CONVOLUTIONS:
        symbols = ("x", "w", *c.given.split(), "profile")
        for kind, function in (("layer", forward), ("gradient", backward)):
            backend.add(
                f"convolutions/{c.rule}",
                dialect=c.dialect,
                profile=profiles,
                function=partial(function, c),
                kind=kind,
                accepts=symbols if kind == "layer" else (*symbols, "dy"),
            )
