"""Facts about layers on arrays: two sides that agree in every element, for all values.

The sides are computed on the generators of an algebra, so what is shown holds for all numbers, but
for tensors of the given shapes only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ..tensors.algebra import Algebra
from .fact import Fact
from .relation import Relation

Results = Mapping[str, np.ndarray]
Sides = Callable[[], tuple[Results, Results]]
"""Computes the results of both sides, when they are needed."""


@dataclass(frozen=True, eq=False)
class Agree(Fact):
    """Two layers, or two ways to compute one, give the same results."""

    sides: Sides

    @cached_property
    def results(self) -> tuple[Results, Results]:
        """The results of both sides."""
        return self.sides()

    def relations(self) -> tuple[Relation, ...]:
        """State what one element of the first result is."""
        left, right = self.results
        name = next(iter(left))
        return (Relation(_expression(left[name].flat[0]), "=", _expression(right[name].flat[0])),)

    def check(self) -> None:
        """Decide every element."""
        left, right = self.results
        if not left or left.keys() != right.keys():
            raise self.fail(f"{', '.join(left) or 'nothing'}, but {', '.join(right) or 'nothing'}")
        for name, array in left.items():
            if array.shape != right[name].shape or not array.size:
                raise self.fail(f"{name} has the shapes {array.shape} and {right[name].shape}")
            for place in np.ndindex(*array.shape):
                if not _algebra(left, right).is_zero(array[place] - right[name][place]):
                    raise self.fail(f"{name} differs at {place}")


def _algebra(*sides: Results) -> Algebra:
    """Find the algebra that the numbers are of."""
    numbers = (x for results in sides for array in results.values() for x in array.flat)
    return next(x.algebra for x in numbers if hasattr(x, "algebra"))


def _expression(number: Any) -> Any:
    """Give a number as an expression."""
    return number.poly.as_expr() if hasattr(number, "poly") else number
