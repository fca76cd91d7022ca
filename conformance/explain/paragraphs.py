"""Paragraphs and tables of a terminal's width."""

import re
import textwrap
from collections.abc import Sequence
from unicodedata import combining

WIDTH = 100
GLUE = "\u00a0"
HANGING = 4
"""How far a cell that is too long goes on to the right of where it begins."""


def table(rows: Sequence[tuple[str, ...]], indent: str) -> list[str]:
    """Align columns by the cells' width on a terminal; the last one is broken where too long."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)][:-1]
    lines: list[str] = []
    for *cells, last in rows:
        before = "".join(c + " " * (w - width(c) + 2) for c, w in zip(cells, widths, strict=True))
        start = indent + before
        if not last:
            lines.append(start.rstrip())
            continue
        lines += wrapped(last, start, " " * (width(start) + HANGING))
    return lines


def width(cell: str) -> int:
    """Count the columns a cell takes: accents take none."""
    return sum(not combining(character) for character in cell)


def wrapped(paragraph: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break a paragraph into lines, but not within short parentheses or the range of a sum."""
    later = indent if hanging is None else hanging
    kept = r"\([^()]{1,30}\)|\w = [^,;)]*…[^,;)]*"
    short = re.sub(kept, lambda found: found[0].replace(" ", GLUE), paragraph)
    lines = textwrap.wrap(
        short,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=later,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    return [line.replace(GLUE, " ") for line in lines]
