"""Facts about arrays: two sides that are equal element by element.

The elements are expressions, polynomials once multiplied out, or numbers of an algebra. Nothing is
simplified: what is left of the difference is 0 or it is not. What is shown holds for all values,
but for arrays of the given shapes only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np
from sympy import Expr, Integer, expand, sympify

from ..tensors.algebra import Number
from .fact import Fact
from .relation import Relation

Array = np.ndarray
Sides = Callable[[], tuple[Any, Any]]
"""Makes the two sides when they are needed: arrays, single elements, or such by name."""


@dataclass(frozen=True, eq=False)
class Same(Fact):
    """Two sides have the same arrays, by name, of the same shapes, and equal in every element.

    For the reader one element is stated, neither the shortest nor the longest: of about 4 symbols.
    """

    sides: Sides

    @cached_property
    def arrays(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """The two sides as arrays by name; one array alone has an empty name."""
        left, right = map(_by_name, self.sides())
        return left, right

    def relations(self) -> tuple[Relation, ...]:
        """State what one element is."""
        left, right = self.arrays
        places = ((name, place) for name in left for place in np.ndindex(left[name].shape))
        name, place = min(places, key=lambda at: abs(_breadth(left[at[0]][at[1]]) - 4))
        stated, other = (_expression(side[name][place]) for side in (left, right))
        return (Relation(stated, "=", other),)

    def check(self) -> None:
        """Compare every element."""
        left, right = self.arrays
        if not left or left.keys() != right.keys():
            raise self.fail(f"there are {', '.join(left) or 'none'}; {', '.join(right) or 'none'}")
        for name, array in left.items():
            other = right[name]
            if array.shape != other.shape or not array.size:
                raise self.fail(f"{name} has the shapes {array.shape} and {other.shape}")
            for place in np.ndindex(array.shape):
                if not _alike(array[place], other[place]):
                    raise self.fail(
                        f"{name} differs in the element {place}: {array[place]}, {other[place]}"
                    )


def _by_name(side: Any) -> dict[str, Array]:
    """Give each array of a side a name."""
    named = side if isinstance(side, Mapping) else {"": side}
    return {name: np.array(array, dtype=object) for name, array in named.items()}


def _expression(element: Any) -> Expr:
    """Write an element as an expression."""
    return element.poly.as_expr() if isinstance(element, Number) else sympify(element)


def _breadth(element: Any) -> int:
    """Count the symbols in an element."""
    if isinstance(element, Number):
        return sum(degree > 0 for degree in element.poly.degrees())
    return len(sympify(element).free_symbols)


def _alike(left: Any, right: Any) -> bool:
    """Tell whether two elements are equal: numbers by their algebra, others multiplied out.

    Others are looked at in one exact point, too.
    """
    for number in (left, right):
        if isinstance(number, Number):
            return number.algebra.is_zero(number.algebra.number(left) - right)
    difference = sympify(left) - sympify(right)
    random = Random(0)
    symbols = sorted(difference.free_symbols, key=str)
    point = {symbol: Integer(random.randint(-99, 99)) for symbol in symbols}
    return expand(difference) == 0 and difference.xreplace(point) == 0
