"""Exact numbers for layers: polynomials in what is given, and in reciprocals of roots.

A number is a polynomial with rational coefficients. The square root of v is v r, where r is a new
generator with r^2 v = 1; so dividing by a root is multiplying by r. t comes with its reciprocal.
Nothing else is divided by, compared or rounded: a text that does so raises TypeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from sympy import Rational
from sympy.polys.domains import QQ
from sympy.polys.rings import PolyElement, ring

from .exact import coefficient, fraction


class Algebra:
    """The polynomials in some generators, with room for roots.

    >>> a = Algebra(["x", "y"], roots=1)
    >>> r = 1 / (a["x"] * a["x"] + a["y"]).root()
    >>> a.is_zero(r * r * a["x"] ** 2 + a["y"] * r**2 - 1)
    True
    """

    def __init__(self, names: Iterable[str], roots: int = 0) -> None:
        """Make generators of these names."""
        names = list(names)
        self.ring, *found = ring([*names, "t", "1/t", *(f"r_{i}" for i in range(roots))], QQ)
        plain, (t, per_t, *self.free) = found[: len(names)], found[len(names) :]
        self.generators = {n: Number(self, g) for n, g in zip(names, plain, strict=True)}
        self.t = Invertible(self, t, per_t)
        self.inverses: dict[PolyElement, PolyElement] = {}
        """The generators that stand for reciprocals of roots, by what is under the root."""

    def __getitem__(self, name: str) -> Number:
        """Give a generator."""
        return self.generators[name]

    def root(self, radicand: PolyElement) -> Invertible:
        """Take a square root. Raises ValueError where there is no room for another."""
        if radicand not in self.inverses:
            if len(self.inverses) == len(self.free):
                raise ValueError(f"no room for the root of {radicand}")
            self.inverses[radicand] = self.free[len(self.inverses)]
        inverse = self.inverses[radicand]
        return Invertible(self, radicand * inverse, inverse)

    def is_zero(self, number: Any) -> bool:
        """Tell whether a number is 0 because of r^2 v = 1 and t (1/t) = 1."""
        poly = self.number(number).poly
        poly = self._without(poly, self.t.inverse, self.t.poly, 1)
        for radicand, inverse in self.inverses.items():
            poly = self._without(poly, inverse, radicand, 2)
        return not poly

    def number(self, value: Any) -> Number:
        """Make a number of an integer or fraction."""
        return value if isinstance(value, Number) else Number(self, self.ring(coefficient(value)))

    def _without(
        self, poly: PolyElement, inverse: PolyElement, value: PolyElement, power: int
    ) -> PolyElement:
        """Multiply by a power of `value`, as inverse^power value = 1, so that it occurs no more.

        Odd powers of the reciprocal of a root keep it once.
        """
        place = self.ring.gens.index(inverse)
        parts: dict[int, PolyElement] = {}
        for monomial, factor in poly.terms():
            exponent = monomial[place]
            rest = (*monomial[:place], exponent % power, *monomial[place + 1 :])
            part = parts.setdefault(exponent // power, self.ring.zero)
            parts[exponent // power] = part + self.ring({rest: factor})
        if set(parts) <= {0}:
            return poly
        top = max(parts)
        return sum((part * value ** (top - k) for k, part in parts.items()), self.ring.zero)


class Number:
    """A polynomial of an algebra."""

    __slots__ = ("algebra", "poly")

    def __init__(self, algebra: Algebra, poly: PolyElement) -> None:
        self.algebra, self.poly = algebra, poly

    def __repr__(self) -> str:
        return str(self.poly)

    def _compare(self, *_: object) -> bool:
        raise TypeError("a text must not compare values")

    __eq__ = __bool__ = _compare

    def __neg__(self) -> Number:
        return Number(self.algebra, -self.poly)

    def __add__(self, other: Any) -> Any:
        known = _other(self, other)
        return known if known is NotImplemented else Number(self.algebra, self.poly + known)

    def __mul__(self, other: Any) -> Any:
        known = _other(self, other)
        return known if known is NotImplemented else Number(self.algebra, self.poly * known)

    def __sub__(self, other: Any) -> Any:
        known = _other(self, other)
        return known if known is NotImplemented else Number(self.algebra, self.poly - known)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Number):
            return self * other.reciprocal()
        known = _other(self, other)
        return known if known is NotImplemented else self * (1 / fraction(other))

    def __rtruediv__(self, other: Any) -> Any:
        return self.reciprocal() * other

    def __pow__(self, exponent: Any) -> Number:
        power = fraction(exponent)
        base = self if power.denominator == 1 else self.root()
        whole = int(power * power.denominator)
        if power.denominator > 2:
            raise TypeError(f"no power {power}")
        if whole < 0:
            base, whole = base.reciprocal(), -whole
        return base if whole == 1 else Number(self.algebra, base.poly**whole)

    def root(self) -> Invertible:
        """Take the square root."""
        return self.algebra.root(self.poly)

    def reciprocal(self) -> Number:
        """Give the reciprocal of a constant. Raises TypeError for another number."""
        if not self.poly.is_ground or not self.poly:
            raise TypeError(f"a text must not divide by {self.poly}")
        return Number(self.algebra, self.algebra.ring(1 / self.poly.LC))

    def diff(self, generator: Number) -> Number:
        """Differentiate by a generator: r changes by -r^3 / 2 times the change of v."""
        change = self.poly.diff(generator.poly)
        for radicand, r in self.algebra.inverses.items():
            by_r = self.poly.diff(r)
            if by_r:
                change -= by_r * r**3 * radicand.diff(generator.poly) / 2
        return Number(self.algebra, change)


class Invertible(Number):
    """A root, or t, which comes with its reciprocal."""

    __slots__ = ("inverse",)

    def __init__(self, algebra: Algebra, poly: PolyElement, inverse: PolyElement) -> None:
        super().__init__(algebra, poly)
        self.inverse = inverse

    def reciprocal(self) -> Number:
        """Give the reciprocal."""
        return Number(self.algebra, self.inverse)


def generators(shapes: Mapping[str, tuple[int, ...]], roots: int = 0) -> dict[str, Any]:
    """Make tensors of generators of these shapes, by name, and t; a shape () gives a number.

    >>> generators({"x": (2,), "eps": ()})["x"]
    array([x_0, x_1], dtype=object)
    """
    places = {name: list(np.ndindex(*shape)) for name, shape in shapes.items()}
    labels = {n: ["_".join((n, *map(str, p))) for p in found] for n, found in places.items()}
    algebra = Algebra((label for found in labels.values() for label in found), roots)
    tensors: dict[str, Any] = {"t": algebra.t}
    for name, shape in shapes.items():
        tensor = np.empty(shape, dtype=object)
        for place, label in zip(places[name], labels[name], strict=True):
            tensor[place] = algebra[label]
        tensors[name] = tensor if shape else algebra[name]
    return tensors


def _other(number: Number, other: Any) -> Any:
    """Give the other operand as a polynomial; NotImplemented for what is no number."""
    if isinstance(other, Number):
        return other.poly
    if isinstance(other, int | Fraction | Rational):
        return number.algebra.ring(coefficient(other))
    return NotImplemented
