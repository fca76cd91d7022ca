"""Orders in which a machine may add up the terms of a sum."""

from collections.abc import Callable, Sequence
from operator import add
from typing import Any

import numpy as np

from .emulator import sequential

Total = Callable[[Sequence[Any]], Any]


def backwards(terms: Sequence[Any]) -> Any:
    """Add from the last to the first."""
    return sequential(terms[::-1])


def pairwise(terms: Sequence[Any]) -> Any:
    """Add up each half, and the two."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return pairwise(terms[:half]) + pairwise(terms[half:])


def strided(terms: Sequence[Any]) -> Any:
    """Add up four sums side by side, as vector units do."""
    return sequential([sequential(terms[i::4]) for i in range(min(4, len(terms)))])


def at_random(seed: int) -> Total:
    """Make an order that adds any two terms or sums at any time."""
    random = np.random.default_rng(seed)

    def total(terms: Sequence[Any]) -> Any:
        rest = list(terms)
        while len(rest) > 1:
            one, other = (rest.pop(random.integers(len(rest))) for _ in range(2))
            rest.append(add(one, other))
        return rest[0]

    return total


ORDERS: dict[str, Total] = {
    "sequential": sequential,
    "backwards": backwards,
    "pairwise": pairwise,
    "strided": strided,
    "at random": at_random(0),
    "at random again": at_random(1),
}
