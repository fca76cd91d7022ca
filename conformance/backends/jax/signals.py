"""jax.numpy and jax.scipy.signal: convolve and correlate, and their gradients by jax.vjp.

jax.numpy's are for one axis, jax.scipy.signal's for any number; both compute the sums directly
(the method "auto" never is the FFT), in half types in float32 with one rounding.

Source: jax 0.10.2, jax/_src/numpy/lax_numpy.py and jax/_src/scipy/signal.py.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import jax.scipy.signal

from ... import Backend, Unsupported
from .arrays import Array, to_jax, to_numpy

Function = Callable[..., jax.Array]
Functions = Mapping[str, Function]

SCIPY: Functions = {
    "convolution": jax.scipy.signal.convolve,
    "cross_correlation": jax.scipy.signal.correlate,
}


def one_axis(function: Function) -> Function:
    """Refuse tensors of more axes, as jax.numpy does."""

    def checked(x: jax.Array, w: jax.Array, **arguments: Any) -> jax.Array:
        if x.ndim > 1:
            raise Unsupported("jax.numpy only supports 1-dimensional inputs")
        return function(x, w, **arguments)

    return checked


NUMPY: Functions = {
    "convolution": one_axis(jnp.convolve),
    "cross_correlation": one_axis(jnp.correlate),
}


@partial(jax.jit, static_argnums=(0, 1))
def output_of(function: Function, mode: str, x: Any, w: Any) -> jax.Array:
    """Compute y."""
    return function(x, w, mode=mode)


@partial(jax.jit, static_argnums=(0, 1))
def gradients_of(function: Function, mode: str, x: Any, w: Any, dy: Any) -> tuple[jax.Array, ...]:
    """Compute the gradients of sum(dy * y) with respect to x and w."""
    return jax.vjp(partial(function, mode=mode), x, w)[1](dy)


def forward(function: Function, mode: str, x: Array, w: Array, profile: str) -> Array:
    """Return y."""
    return to_numpy(output_of(function, mode, to_jax(x, profile), to_jax(w, profile)), profile)


def backward(
    function: Function, mode: str, dy: Array, x: Array, w: Array, profile: str
) -> dict[str, Array]:
    """Return the gradients of sum(dy * y) with respect to x and w."""
    dx, dw = gradients_of(function, mode, *[to_jax(tensor, profile) for tensor in (x, w, dy)])
    return {"dx": to_numpy(dx, profile), "dw": to_numpy(dw, profile)}


def add_signals(backend: Backend, functions: Functions, base: str, *, half: bool = False) -> None:
    """Declare what JAX computes."""
    profiles = (f"{base}+ftz", *(("bfloat16+ftz+fused", "float16+fused") if half else ()))
    for rule, function in functions.items():
        for mode in ("full", "same", "valid"):
            for kind, run in (("layer", forward), ("gradient", backward)):
                backend.add(
                    f"convolutions/{rule}",
                    dialect=mode,
                    profile=profiles,
                    function=partial(run, function, mode),
                    kind=kind,
                )
