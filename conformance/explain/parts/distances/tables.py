"""Distances in tables: of runs after 1, 10, ... steps, of results of single calls."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.rule import Rule

from ...blocks import Block, Paragraph, Table
from ...words import code
from .calls import compared
from .chosen_calls import CALLS
from .chosen_runs import HYPER, RUNS
from .runs import AFTER, ELEMENTS, distances

NOISE, SMALL = 1e-12, "$10^{-12}$"
"""Below it a distance says nothing: float64 has rounded what is compared."""
MANY = 3
"""So many settings with the same distances are not named one by one."""


def part(rule: Rule, argument: str) -> Iterator[Block]:
    """Tabulate the distances of the other dialects from the first one, and say what was run.

    Raises ValueError for an argument.
    """
    if argument:
        raise ValueError(f"distances takes no argument, not {argument!r}")
    if rule.name in RUNS:
        yield from _run(rule)
    elif rule.name in CALLS:
        yield from _called(rule)


def _run(rule: Rule) -> Iterator[Block]:
    """Tabulate what becomes of runs."""
    words, *settings = RUNS[rule.name]
    first, *others = (code(dialect.name) for dialect in rule.dialects)
    hyper = ", ".join(f"`{name}` = {value:g}" for name, value in HYPER[rule.name].items())
    yield Paragraph(
        f"The reference runs in float64 from one start, {ELEMENTS} elements with {hyper}. {words} "
        f"A number is the largest difference of an element from {first}, relative to the largest "
        f"distance that {first} has moved one. A 0 stands for less than {SMALL}, which is "
        "rounding."
    )
    found = [
        (code(name), numbers, setting.words)
        for setting in settings
        for name, numbers in distances(rule.name, setting)
    ]
    head = ("dialect", "where", *(f"{n} step{'s' * (n > 1)}" for n in AFTER))
    rows = [row for name in others for row in _rows(name, [x for x in found if x[0] == name])]
    yield Table(head, tuple(rows))


def _rows(name: str, found: list[tuple[str, tuple[float, ...], str]]) -> Iterator[tuple[str, ...]]:
    """Write the rows of a dialect; settings that lead to the same numbers share one.

    Where three or more share one, that comes last.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for _, numbers, words in found:
        groups.setdefault(tuple(map(shown, numbers)), []).append(words)
    for numbers, words in sorted(groups.items(), key=lambda group: len(group[1]) >= MANY):
        where = "; ".join(words)
        if len(words) >= MANY:
            where = "all others" if len(groups) > 1 else "everywhere"
        yield name, where, *numbers


def _called(rule: Rule) -> Iterator[Block]:
    """Tabulate what single calls return."""
    first = rule.dialects[0].name
    found = list(compared(rule.name, CALLS[rule.name]))
    every = list(dict.fromkeys(name for _, _, apart, _ in found for name in apart))
    names = [name for name in every if any(a.get(name, 0) >= NOISE for _, _, a, _ in found)]
    words = f"The reference computes in float64. {CALLS[rule.name].words}"
    if every:
        words += (
            f" A number is the largest difference of an element from that of `{first}`, relative "
            f"to the largest element there. A 0 stands for less than {SMALL}, which is rounding, "
            "a blank for nothing to compare."
        )
    if alike := [code(name) for name in every if name not in names]:
        words += f" The same in all: {', '.join(alike)}."
    yield Paragraph(words)
    head = ("dialect", "where", "length of y", *(code(name) for name in names))
    rows = [
        (code(name), words, length, *(shown(apart[n]) if n in apart else "" for n in names))
        for name, words, apart, length in found
    ]
    yield Table(head, tuple(rows))


def shown(distance: float) -> str:
    """Write a distance with two digits.

    >>> [shown(x) for x in (0.0, 1e-17, 3.14e-7, 0.0421, 9.0, float("nan"))]
    ['0', '0', '3.1e-7', '0.042', '9', 'NaN']
    """
    if distance < NOISE:
        return "0"
    if distance < 1e-3:
        mantissa, exponent = f"{distance:.1e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    return f"{distance:.2g}".replace("nan", "NaN")
