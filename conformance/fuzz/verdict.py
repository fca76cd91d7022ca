"""What is said of one output: errors beside their bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """One output of one step: what came, the float64 nearest to the exact value, error and bound.

    `fraction` is the error divided by its bound, and 0 without an error; `judged` says where there
    is a bound and no overflow within it; `violations` are the elements outside their bounds.
    """

    step: int
    output: str
    got: Array
    exact: Array
    error: Array
    bound: Array
    fraction: Array
    judged: NDArray[np.bool_]
    violations: NDArray[np.intp]

    def lines(self, element: int) -> list[str]:
        """Say what came for an element, and what should have."""
        i = element
        return [
            f"got {number(self.got[i])}, exact about {number(self.exact[i])}",
            f"error {self.error[i]:.4g} = {self.fraction[i]:.4g} x bound {self.bound[i]:.4g}",
        ]


def number(value: float) -> str:
    """A number twice: exactly, and as people read it."""
    return f"{float(value).hex()} ({value:.9g})"
