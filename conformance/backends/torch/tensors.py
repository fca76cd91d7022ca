"""Arrays and tensors: a half type crosses as a float32 array of representable values."""

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.floating]


def data_type(profile: str) -> torch.dtype:
    """Return the type of the tensors."""
    return getattr(torch, profile.split("+")[0])


def to_tensor(array: Array, dtype: torch.dtype) -> torch.Tensor:
    """Copy an array into a tensor."""
    return torch.tensor(array, dtype=dtype)


def to_array(tensor: torch.Tensor) -> Array:
    """Copy a tensor into an array."""
    tensor = tensor.detach()
    return (tensor if tensor.dtype is torch.float64 else tensor.float()).numpy().copy()
