"""JAX on the CPU: optax called eagerly, layers of Flax and JAX under jax.jit.

XLA flushes subnormals to zero on the CPU, but for float16. Backends:

- ``jax`` (without 64-bit types, as JAX starts) and ``jax-x64`` (with them): optax, flax.linen and
  jax.scipy.signal. Under ``onepass`` Flax's normalizations run as they come; without it they are
  told ``use_fast_variance=False``.
- ``jax-nnx``: the normalizations of flax.nnx.
- ``jax-lax``: the convolutions of ``jax.lax``; of the half types bfloat16 alone.
- ``jax-numpy``: ``jax.numpy.convolve`` and ``correlate``, of one axis.
"""

from functools import partial

import jax

from ... import Backend
from .convolutions import add_convolutions
from .lax_convolutions import add_lax_convolutions
from .normalizations import LINEN, NNX, add_normalizations
from .optimizers import add_optimizers
from .signals import NUMPY, SCIPY, add_signals


def configure(*, x64: bool) -> None:
    """Choose the CPU, and whether JAX has 64-bit types."""
    jax.config.update("jax_platforms", "cpu")
    jax.config.update("jax_enable_x64", x64)


x32 = Backend("jax", setup=partial(configure, x64=False))
add_optimizers(x32, ("float32+ftz+step32",))
add_normalizations(x32, LINEN, "float32", half=True)
add_convolutions(x32, "float32", half=True)
add_signals(x32, SCIPY, "float32", half=True)

x64 = Backend("jax", "x64", setup=partial(configure, x64=True))
add_optimizers(x64, ("float64+ftz", "float32+ftz"))
add_normalizations(x64, LINEN, "float64")
add_convolutions(x64, "float64")
add_signals(x64, SCIPY, "float64")

nnx = Backend("jax", "nnx", setup=partial(configure, x64=False))
add_normalizations(nnx, NNX, "float32")

lax = Backend("jax", "lax", setup=partial(configure, x64=False))
add_lax_convolutions(lax, ("float32+ftz", "bfloat16+ftz+fused"))

numpy = Backend("jax", "numpy", setup=partial(configure, x64=False))
add_signals(numpy, NUMPY, "float32")
