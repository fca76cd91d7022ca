"""The order of trials: every subject before any comes again, the rules mixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def rounds(
    items: Sequence[T],
    rule: Callable[[T], str],
    families: Callable[[T], Sequence[str]],
    rng: np.random.Generator,
) -> Iterator[tuple[int, str, int]]:
    """Give the place of an item, a family of inputs and the number of the round, without end.

    A round has every item once, in turns of the rules. An item's families come in any order, all of
    them before one comes again.
    """
    left: list[list[str]] = [[] for _ in items]
    for number in count() if items else ():
        for place in _dealt([rule(item) for item in items], rng):
            if not left[place]:
                left[place] = [str(name) for name in rng.permutation(families(items[place]))]
            yield place, left[place].pop(), number


def _dealt(rules: Sequence[str], rng: np.random.Generator) -> list[int]:
    """The places of all items: one of each rule, then a second one of each, and so on."""
    seen: dict[str, int] = {}
    turns: list[tuple[int, int]] = []
    for place in map(int, rng.permutation(len(rules))):
        turn = seen.get(rules[place], 0)
        turns.append((turn, place))
        seen[rules[place]] = turn + 1
    return [place for _, place in sorted(turns, key=lambda turn: turn[0])]
