"""The numbers of a page's equations, in order of appearance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from .blocks import Block, Equations


def numbered(blocks: Iterable[Block], numbers: Iterator[int] | None = None) -> Iterator[Block]:
    """Give each equation that can be linked to the next number."""
    following = count(1) if numbers is None else numbers
    for block in blocks:
        if isinstance(block, Equations):
            rows = (
                row if row.value is None else replace(row, number=next(following))
                for row in block.rows
            )
            yield Equations(tuple(rows))
        else:
            yield block
