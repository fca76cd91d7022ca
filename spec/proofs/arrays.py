"""Facts about arrays of polynomials: two sides that are equal element by element.

Polynomials are multiplied out, never simplified: what is left of the difference is 0 or it is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
from sympy import Expr, Integer, expand, sympify
from sympy.polys.rings import PolyElement

from .fact import Fact
from .relation import Relation

Array = np.ndarray
Sides = Callable[[], tuple[Any, Any]]
"""Makes the two sides, arrays or single expressions, when they are needed."""


@dataclass(frozen=True, eq=False)
class Same(Fact):
    """Two arrays of polynomials have one shape and are equal element by element.

    For the reader one element is stated, neither the shortest nor the longest: of about 4 symbols.
    """

    sides: Sides

    @cached_property
    def arrays(self) -> tuple[Array, Array]:
        """The two sides as arrays."""
        left, right = (np.array(side, dtype=object) for side in self.sides())
        return left, right

    def relations(self) -> tuple[Relation, ...]:
        """State what one element is."""
        pairs = zip(*(array.flat for array in self.arrays), strict=True)
        written = [(_expression(left), _expression(right)) for left, right in pairs]
        left, right = min(written, key=lambda pair: abs(len(pair[0].free_symbols) - 4))
        return (Relation(left, "=", right),)

    def check(self) -> None:
        """Multiply out each difference, and look at it in one exact point."""
        left, right = self.arrays
        if left.shape != right.shape or not left.size:
            raise self.fail(f"the shapes are {left.shape} and {right.shape}")
        for index in np.ndindex(left.shape):
            if not _alike(left[index], right[index]):
                raise self.fail(f"element {index}: {left[index]} is not {right[index]}")


def _expression(element: Any) -> Expr:
    """Write a number, an expression or a polynomial of a ring as an expression."""
    return element.as_expr() if isinstance(element, PolyElement) else sympify(element)


def _alike(left: Any, right: Any) -> bool:
    """Tell whether two elements are equal: polynomials of one ring as they are."""
    if isinstance(left, PolyElement) and isinstance(right, PolyElement):
        return left == right
    difference = _expression(left) - _expression(right)
    random = Random(0)
    symbols = sorted(difference.free_symbols, key=str)
    point = {symbol: Integer(random.randint(-99, 99)) for symbol in symbols}
    return expand(difference) == 0 and difference.xreplace(point) == 0
