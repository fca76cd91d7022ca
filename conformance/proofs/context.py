"""The arithmetic of proofs about layers: reference functions run on polynomials."""

from __future__ import annotations

from typing import Any

from goldenrule.reference.contexts.context import Context, each
from goldenrule.spec.tensors.algebra import Algebra, Number


class PolynomialContext(Context):
    """Compute with the numbers of an algebra, in which the spec has been computed before."""

    def __init__(self, algebra: Algebra, eps: Number | None) -> None:
        self.algebra, self.eps = algebra, eps

    def tensor(self, value: Any) -> Number:
        """A number as it is; a float, which is 0 where a sum is empty, by its exact value."""
        return self.algebra.number(int(value) if isinstance(value, float) else value)

    scalar = tensor

    def sqrt(self, x: Any) -> Any:
        """Square root."""
        return each(Number.root, x)

    def max(self, x: Any, y: Any) -> Any:
        """The larger of a variance and 0: the variance.

        What the spec has under a root is a variance plus eps. Raises TypeError for other values.
        """
        return each(self._clamped, x, y)

    def _clamped(self, x: Number, y: Any) -> Number:
        known = self.eps is not None and (x + self.eps).poly in self.algebra.inverses
        if isinstance(y, Number) or y != 0 or not known:
            raise TypeError(f"not known which is larger, {x} or {y}")
        return x
