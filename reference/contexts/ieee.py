"""`ieee`: what float64 hardware does, for the special outcomes (NaN, infinities, signed zeros)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..profile import Profile
from .floats import FloatContext


class IeeeContext(FloatContext):
    """NumPy's float64 throughout: scalars, too, divide by zero as IEEE 754 says.

    >>> float(IeeeContext().max(float("nan"), 1.0))
    nan
    """

    def __init__(self) -> None:
        super().__init__(Profile.parse("float64"))

    def scalar(self, value: Any) -> Any:
        """A hyper-parameter, which overflows and divides as tensors do."""
        return np.float64(value)
