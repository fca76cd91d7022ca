"""Conditions: inequalities in the order in which they are read, 0 <= j < L."""

from typing import Any

from sympy import And, Expr, Ge, Gt, Le, Lt

SMALLER = {Lt: "<", Le: "<=", Gt: "<", Ge: "<="}
Chain = tuple[Any, ...]
"""Expressions with the signs between them."""


def chains(condition: And) -> list[Chain]:
    """Write a conjunction as chains of inequalities, then whatever else holds.

    >>> from sympy import Eq, symbols
    >>> j, L = symbols("j L")
    >>> chains((j < L) & (j >= 0) & Eq(L, 2))
    [(0, '<=', j, '<', L), (Eq(L, 2),)]
    """
    parts = sorted(condition.args, key=str)
    open_ = [_rising(part) for part in parts if type(part) in SMALLER]
    others: list[Chain] = [(part,) for part in parts if type(part) not in SMALLER]
    found: list[Chain] = []
    while open_:
        chain = open_.pop(0)
        for other in list(open_):
            if other[0] == chain[-1] or other[-1] == chain[0]:
                first, last = (chain, other) if other[0] == chain[-1] else (other, chain)
                chain = (*first, *last[1:])
                open_.remove(other)
        found.append(chain)
    return found + others


def _rising(part: Expr) -> Chain:
    """Write an inequality with the smaller side first."""
    small, large = part.args if type(part) in (Lt, Le) else reversed(part.args)
    return (small, SMALLER[type(part)], large)
