"""What the arguments of parts name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from goldenrule.spec.catalogue import FAMILIES

T = TypeVar("T")


def chosen(known: Mapping[str, T], what: str, argument: str) -> T:
    """Give what an argument names; a name may be empty, where a part needs no argument.

    Raises ValueError for any other.

    >>> chosen({"": 1, "totals": 2}, "section", "total")
    Traceback (most recent call last):
    ValueError: no section 'total'; known: totals
    """
    if argument not in known:
        names = ", ".join(filter(None, known)) or "none"
        raise ValueError(f"no {what} {argument!r}; known: {names}")
    return known[argument]


def family(argument: str) -> str:
    """Give the name of a family; raise ValueError for any other."""
    return chosen(dict(zip(FAMILIES, FAMILIES, strict=True)), "family", argument)
