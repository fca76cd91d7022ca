"""`floats`: ordinary floating-point code, as NumPy runs it in the formats of a profile."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..profile import Profile
from ..rounding import Format
from .context import Context, Values, each, entries

_PROFILES = tuple(
    base + way for base in ("float64", "float32", "bfloat16", "float16") for way in ("", "+fused")
)


class FloatContext(Context):
    """Compute tensors in the working format, and scalars as Python floats.

    A tensor may be made element by element or as a whole. A scalar that meets a tensor is rounded
    to its format. Sums are made from the first term to the last. NaN and infinities run through.

    >>> ctx = FloatContext(Profile.parse("float32"))
    >>> ctx.tensor(1.0) / 3 * ctx.scalar(0.1)
    np.float32(0.033333335)
    """

    def __init__(self, profile: Profile) -> None:
        """Raise ValueError for a profile that no plain NumPy code keeps, as with `+ftz`."""
        if profile.name not in _PROFILES:
            raise ValueError(f"plain floating-point code does not keep the profile {profile.name}")
        self.profile = profile
        self.dtype = np.dtype(profile.working.name)

    def tensor(self, value: Any) -> Any:
        """One element, or an array of them."""
        return self.dtype.type(value)

    def scalar(self, value: Any) -> float:
        """A hyper-parameter in binary64."""
        return float(value)

    def sqrt(self, x: Any) -> Any:
        """Square root; NaN below 0."""
        if _is_scalar(x):
            return float(np.sqrt(x))
        return each(np.sqrt, x) if _holds_objects(x) else np.sqrt(x)

    def max(self, x: Any, y: Any) -> Any:
        """The larger of two numbers; NaN if either is."""
        if _is_scalar(x) and _is_scalar(y):
            return float(np.maximum(x, y))
        x, y = self._element(x), self._element(y)
        apart = _holds_objects(x) or _holds_objects(y)
        return each(np.maximum, x, y) if apart else np.maximum(x, y)

    def fsum(self, xs: Values) -> Any:
        """Sum of numbers, from the first to the last; 0 if there are none."""
        terms = self._gathered(xs)
        return np.add.accumulate(terms)[-1] if len(terms) else self.tensor(0.0)

    def fdot(self, xs: Values, ys: Values, among: Values | None = None) -> Any:  # noqa: ARG002
        """Dot product of two vectors, from the first to the last; 0 if they are empty."""
        if len(entries(xs)) != len(entries(ys)):
            raise ValueError("zip() of vectors that differ in length")
        terms = self._gathered(xs) * self._gathered(ys)
        return np.add.accumulate(terms)[-1] if len(terms) else self.tensor(0.0)

    def cast(self, s: Any) -> Any:
        """A scalar in the working format."""
        return self._element(s)

    def store(self, x: Any) -> Any:
        """A tensor written to memory, or a scalar as if it were: a half type rounds."""
        x = self._element(x)
        if not self.profile.stores:
            return x
        if not _holds_objects(x):
            return rounded(x, self.profile.storage)
        stored = np.empty(x.shape, dtype=object)
        stored.ravel()[:] = list(rounded(self._gathered(x), self.profile.storage))
        return stored

    def returned(self, x: Any) -> NDArray[Any]:
        """An output, in the storage format."""
        return rounded(np.asarray(x, dtype=self.dtype), self.profile.storage)

    def _element(self, x: Any) -> Any:
        return self.tensor(x) if _is_scalar(x) else x

    def _gathered(self, xs: Values) -> NDArray[Any]:
        return np.array(entries(xs), dtype=self.dtype)


def rounded(values: Any, target: Format) -> Any:
    """Round float32 numbers to the nearest of a half type, ties to even; others are left alone.

    >>> from ..rounding import FORMATS
    >>> float(rounded(np.float32(1.01), FORMATS["bfloat16"]))
    1.0078125
    """
    if target.name == "float16":
        return values.astype(np.float16).astype(np.float32)
    if target.name != "bfloat16":
        return values
    bits = values.view(np.uint32)
    nearest = (bits + (0x7FFF + ((bits >> 16) & 1))) & np.uint32(0xFFFF0000)
    return np.where(np.isnan(values), values, nearest.view(np.float32))[()]


def _is_scalar(x: Any) -> bool:
    return type(x) in (float, int)


def _holds_objects(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.dtype == object
