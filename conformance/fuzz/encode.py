"""Tensors as a case file has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def encoded(tensors: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Shapes and hexadecimal numbers, by name."""
    return {
        name: {"shape": x.shape, "data": " ".join(map(float.hex, x.ravel().tolist()))}
        for name, x in tensors.items()
    }
