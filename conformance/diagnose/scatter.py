"""Whether errors look like those of an arithmetic: scattered, not the trace of a wrong formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 8
"""Fewer errors than this may all point one way by chance."""
RARE = 1 / 16
"""The part of the errors that must at least point the other way."""
ALIKE = 2.0**-3
"""Errors whose middle half lies so close together, for their size, are one and the same error."""
LARGE = 2.0**-8
"""Smaller errors, as fractions of the bound, are not what the arithmetic is called for."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Errors:
    """The errors of an answer beside the exact values, where they are large for their bounds."""

    values: Floats
    errors: Floats

    @staticmethod
    def large(values: Floats, got: Floats, bounds: Floats) -> Errors:
        """Keep what is worth looking at."""
        with np.errstate(all="ignore"):
            errors = got - values
            kept = np.isfinite(errors) & (values != 0) & (abs(errors) > LARGE * bounds)
        return Errors(values[kept], errors[kept])


def are_scattered(found: Sequence[Errors]) -> bool:
    """Tell scattered errors from those that are all outward, all inward, proportional or equal.

    >>> x = np.arange(1.0, 9.0)
    >>> are_scattered([Errors(x, 1e-4 * x)])
    False
    >>> are_scattered([Errors(x, 1e-4 * np.array([1.0, -2.0, 0.1, 3.0, -0.5, 2.0, -3.0, 0.2]))])
    True
    """
    values = np.concatenate([each.values for each in found] or [np.empty(0)])
    errors = np.concatenate([each.errors for each in found] or [np.empty(0)])
    if errors.size < ENOUGH:
        return True
    relative = errors / values
    outward = float(np.mean(relative > 0))
    one_way = min(outward, 1 - outward) < RARE
    return not (one_way or _is_one(relative) or _is_one(errors))


def _is_one(errors: Floats) -> bool:
    """Whether most errors are the same number."""
    low, middle, high = np.quantile(errors, [0.25, 0.5, 0.75])
    return bool(high - low <= ALIKE * abs(middle))
