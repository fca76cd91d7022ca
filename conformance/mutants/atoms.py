"""Sums of products of atoms with integer coefficients; equal atoms have one number."""

from __future__ import annotations

from collections import Counter
from typing import Any

Sum = tuple[tuple[int, int], ...]


class Atoms:
    """Numbers for what is neither sum nor product, by their keys."""

    def __init__(self) -> None:
        self._numbers: dict[Any, int] = {}
        self._keys: list[Any] = []
        self._one = self.number("1")

    def number(self, key: Any) -> int:
        """The number of a key, the same each time."""
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
        return number

    def atom(self, key: Any) -> Sum:
        """An atom as a sum."""
        return ((self.number(key), 1),)

    def integer(self, value: int) -> Sum:
        """An integer as a sum."""
        return ((self._one, value),) if value else ()

    def product(self, a: Sum, b: Sum) -> Sum:
        """The product of two sums: their terms' if each has one, or else of the sums as atoms."""
        for one, other in ((a, b), (b, a)):
            if not one or (len(one) == 1 and one[0][0] == self._one):
                return scaled(other, one[0][1]) if one else ()
        (above, below, scale), (more, less, times) = self._monomial(a), self._monomial(b)
        return self._term(Counter(above + more), Counter(below + less), scale * times)

    def inverse(self, a: Sum) -> Sum:
        """One over a sum."""
        above, below, scale = self._monomial(a) if a else ((self.number("0"),), (), 1)
        size = (self.number(("integer", abs(scale))),) if abs(scale) != 1 else ()
        return self._term(Counter(below), Counter(above + size), 1 if scale > 0 else -1)

    def _term(self, above: Counter[int], below: Counter[int], scale: int) -> Sum:
        common = above & below
        up, down = (tuple(sorted((x - common).elements())) for x in (above, below))
        if not down and len(up) < 2:
            return ((up[0] if up else self._one, scale),)
        return ((self.number(("product", up, down)), scale),)

    def _monomial(self, a: Sum) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """The factors of a sum, above and below the line, and the integer before them."""
        if len(a) > 1:
            sign = 1 if a[0][1] > 0 else -1
            return (self.number(("sum", scaled(a, sign))),), (), sign
        atom, scale = next(iter(a))
        key = self._keys[atom]
        if atom == self._one:
            return (), (), scale
        if isinstance(key, tuple) and key[0] == "product":
            return key[1], key[2], scale
        return (atom,), (), scale


def scaled(a: Sum, factor: int) -> Sum:
    """A sum times an integer."""
    return a if factor == 1 else tuple((atom, factor * scale) for atom, scale in a)


def added(a: Sum, b: Sum) -> Sum:
    """The sum of two sums."""
    total = Counter(dict(a))
    for atom, scale in b:
        total[atom] += scale
    return tuple(sorted((atom, scale) for atom, scale in total.items() if scale))
