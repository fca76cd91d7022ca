"""A small interpreter of SymPy trees: the value of an expression, given the values of its parts.

Values may be anything that adds, multiplies and divides: exact numbers, expressions, polynomials.
Integers are Python's and quotients of them fractions, so nothing is rounded.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import ceil, floor
from typing import Any

import sympy as sp

from .symbols import PER_AXIS

COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    sp.Eq: operator.eq,
    sp.Ne: operator.ne,
    sp.Lt: operator.lt,
    sp.Le: operator.le,
    sp.Gt: operator.gt,
    sp.Ge: operator.ge,
}
INTEGER: dict[type, Callable[..., Any]] = {
    sp.floor: floor,
    sp.ceiling: ceil,
    sp.Mod: operator.mod,
    sp.Max: max,
    sp.Min: min,
    sp.Abs: abs,
}


@dataclass(frozen=True)
class Scope:
    """What stands for the symbols of an expression.

    `values` holds numbers by name; integers that every spatial axis has a value of are tuples,
    read on the axis `axis`. `element` looks up an element of a tensor by its name and indices: an
    index that belongs to the spatial axes comes as a tuple.
    """

    values: Mapping[str, Any]
    element: Callable[[str, tuple[Any, ...]], Any]
    axes: int = 0
    axis: int | None = None

    def on(self, axis: int) -> Scope:
        """The same on one spatial axis."""
        return replace(self, axis=axis)

    def having(self, values: Mapping[str, Any]) -> Scope:
        """The same with more values."""
        return replace(self, values={**self.values, **values})


def value(expression: Any, scope: Scope) -> Any:
    """Compute an expression. Raises KeyError, with its name, for a symbol without a value."""
    kind = type(expression)
    if expression.is_Integer:
        return int(expression)
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if expression.is_Symbol:
        found = scope.values[expression.name]
        return found[scope.axis] if isinstance(found, tuple) else found
    if isinstance(expression, sp.Indexed):
        place = tuple(per_axis(index, scope) for index in expression.indices)
        return scope.element(expression.base.name, place)
    if expression.is_Add:
        return reduce(operator.add, (value(term, scope) for term in expression.args))
    if expression.is_Mul:
        return _whole(reduce(operator.mul, (value(factor, scope) for factor in expression.args)))
    if expression.is_Pow:
        return _power(*(value(part, scope) for part in expression.args))
    if kind is sp.Sum:
        body = expression.function
        return sum((value(body, inner) for inner in _indices(expression, scope)), 0)
    if kind is sp.Piecewise:
        for result, condition in expression.args:
            if holds(condition, scope):
                return value(result, scope)
    if kind in INTEGER:
        return INTEGER[kind](*(value(part, scope) for part in expression.args))
    raise ValueError(f"no value for {expression}")


def per_axis(expression: Any, scope: Scope) -> Any:
    """Compute an integer: a tuple, one for each axis, where it depends on the axis."""
    if scope.axis is None and any(s in PER_AXIS for s in expression.free_symbols):
        return tuple(value(expression, scope.on(axis)) for axis in range(scope.axes))
    return value(expression, scope)


def holds(condition: Any, scope: Scope) -> bool:
    """Decide a condition on integers; one on places must hold on every axis."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, sp.And):
        return all(holds(part, scope) for part in condition.args)
    compare = COMPARE[type(condition)]
    left, right = (per_axis(side, scope) for side in condition.args)
    if isinstance(left, tuple) or isinstance(right, tuple):
        left, right = (v if isinstance(v, tuple) else (v,) * scope.axes for v in (left, right))
        return all(map(compare, left, right))
    return compare(left, right)


def _indices(total: Any, scope: Scope) -> Iterator[Scope]:
    """Yield the scope of each term of a sum: places run over all axes."""
    ranges = []
    for index, first, last in total.limits:
        ends = per_axis(first, scope), per_axis(last, scope)
        if index in PER_AXIS and scope.axis is None:
            spread = [end if isinstance(end, tuple) else (end,) * scope.axes for end in ends]
            lines = [range(start, stop + 1) for start, stop in zip(*spread, strict=True)]
            ranges.append(list(product(*lines)))
        else:
            ranges.append(range(ends[0], ends[1] + 1))
    names = [limit[0].name for limit in total.limits]
    for chosen in product(*ranges):
        yield scope.having(dict(zip(names, chosen, strict=True)))


def _whole(number: Any) -> Any:
    """Make an integer of a fraction that is one: it may be an index."""
    return int(number) if isinstance(number, Fraction) and number.denominator == 1 else number


def _power(base: Any, exponent: Any) -> Any:
    """Raise to a power; powers of integers and fractions stay exact."""
    if isinstance(exponent, int):
        if exponent >= 0:
            return base**exponent
        return (Fraction(1) if isinstance(base, int) else 1) / base**-exponent
    if isinstance(base, int | Fraction):
        base = sp.Rational(base)
    return base ** sp.Rational(exponent)
