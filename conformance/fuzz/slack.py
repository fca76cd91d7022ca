"""Bounds that nothing comes near: slack, unless the worst order of a sum is what they are for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .report import Key, Report

LEVEL = 0.05
"""A bound is slack if no error is above this part of it."""
ENOUGH = 200
"""Errors it takes to say so."""
ABOUT = ("rule", "dialect", "computes", "profile", "output")


@dataclass(frozen=True)
class Slack:
    """A bound that is never used above 0.05, over all backends and trials of a run.

    `errors` counts the numbers judged that were not exact; with `any_order_sum`, the bound must
    hold for any order of a sum.
    """

    key: Key
    worst: float
    errors: int
    any_order_sum: bool


def slack(report: Report) -> Iterator[Slack]:
    """Find the slack bounds. An output that is always exact has none, and few errors tell little.

    Sums in any order come last.
    """
    found = [
        Slack(row.key, row.worst, row.errors, is_any_order(report, row.key))
        for row in report.sums(*ABOUT)
        if 0 < row.worst <= LEVEL and row.errors >= ENOUGH
    ]
    yield from sorted(found, key=lambda x: x.any_order_sum)


def exact(report: Report) -> Iterator[Key]:
    """Find the outputs that were exact in every one of enough numbers."""
    for row in report.sums(*ABOUT):
        if not row.errors and row.numbers >= ENOUGH:
            yield row.key


def is_any_order(report: Report, key: Key) -> bool:
    """Whether the bound of an output must hold for any order of a sum."""
    return key.of(("rule", "dialect", "computes", "output")) in report.any_order
