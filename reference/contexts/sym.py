"""`sym`: expressions, to be proved equal to the spec's; the one module here that imports SymPy."""

from __future__ import annotations

from typing import Any

import sympy as sp

from .context import Context, Values, each, entries


class SymContext(Context):
    """Build the expression that a reference function computes.

    >>> ctx = SymContext()
    >>> ctx.sqrt(ctx.tensor(sp.Symbol("x"))) + ctx.scalar(0.5)
    sqrt(x) + 1/2
    """

    def tensor(self, value: Any) -> sp.Expr:
        """A symbol as it is; a float as its exact rational value."""
        return sp.Rational(value) if isinstance(value, float) else sp.sympify(value)

    scalar = tensor

    def sqrt(self, x: Any) -> Any:
        """Square root."""
        return each(sp.sqrt, x)

    def max(self, x: Any, y: Any) -> Any:
        """The larger of two expressions."""
        return each(sp.Max, x, y)

    def fsum(self, xs: Values) -> sp.Expr:
        """Sum of expressions."""
        return sp.Add(*entries(xs))

    def is_zero(self, x: sp.Expr) -> bool:
        """Whether an expression of exact numbers is proved to be 0."""
        return sp.simplify(x) == 0
