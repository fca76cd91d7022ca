"""Tensors between NumPy and JAX: half types arrive, and leave, as float32."""

from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


def to_jax(tensor: Array, profile: str) -> NDArray[Any]:
    """Return the tensor in the profile's type; half types hold its values exactly."""
    return tensor.astype(jnp.dtype(profile.split("+")[0]))


def to_numpy(tensor: Any, profile: str) -> Array:
    """Return the tensor, rounded to the profile's type if it is kept in a wider one."""
    array = np.asarray(tensor)
    rounded = array.astype(jnp.dtype(profile.split("+")[0]))
    return rounded.astype(np.float64 if profile.startswith("float64") else np.float32)


def is_half(profile: str) -> bool:
    """Whether the profile is one of a half type."""
    return profile.startswith(("bfloat16", "float16"))


def channels_last(tensor: Array) -> Array:
    """Move axis 1, the channels, to the end: (N, C, *S) becomes (N, *S, C)."""
    return np.moveaxis(tensor, 1, -1)


def channels_first(tensor: Array) -> Array:
    """Undo ``channels_last``."""
    return np.moveaxis(tensor, -1, 1)
