"""Blocks as lines of plain text, 100 columns wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldenrule.spec.unicode import plain

from .blocks import (
    Block,
    Code,
    Equation,
    Equations,
    Folded,
    Heading,
    Items,
    Line,
    Math,
    Paragraph,
    Table,
)
from .paragraphs import WIDTH, table, width, wrapped

MARKS = {"": " ", "added": "+", "replaced": "~", "dropped": "-"}


def terminal(blocks: Iterable[Block], title: str = "", folded: bool = True) -> str:
    """Write blocks; `title` stands before the page's heading, `folded` also shows what is folded.

    Raises ValueError for a LaTeX command in prose that has no plain text.
    """
    return "\n".join(_lines(blocks, title, folded))


def _lines(blocks: Iterable[Block], title: str, folded: bool, depth: int = 0) -> Iterator[str]:
    """Indent what stands under headings by their level."""
    for block in blocks:
        indent = "  " * depth
        if isinstance(block, Heading):
            depth = min(block.level, 3) - 1
            shown = " ".join(text(block.text))
            yield "  " * (depth - 1) + (
                shown.upper() if depth == 1 else title * (not depth) + shown
            )
            if not depth:
                yield ""
        elif isinstance(block, Folded):
            if folded:
                yield f"{indent}{' '.join(text(block.title))}:"
                yield from _lines(block.blocks, "", folded, depth)
        else:
            yield from _block(block, indent)
            yield ""


def _block(block: Block, indent: str) -> Iterator[str]:
    match block:
        case Paragraph():
            for part in text(block.text):
                yield from wrapped(part, indent)
        case Items():
            for number, item in enumerate(block.items, 1):
                yield from _item(item, f"{number}." if block.numbered else "-", indent)
        case Table():
            yield from _table(block, indent)
        case Equations():
            yield from table([_equation(row) for row in block.rows], indent)
        case Code():
            yield from block.text.rstrip().split("\n")  # as wide as in its file


def text(written: Line) -> list[str]:
    """Write a line as plain text, broken where it breaks."""
    pieces = (written,) if isinstance(written, str) else written
    shown = "".join(p.text if isinstance(p, Math) else _inline(p) for p in pieces)
    return shown.split("\n")


def _inline(marked: str) -> str:
    """Take Markdown's marks away and write formulas in Unicode."""
    shown = re.sub(r"\[([^\[\]]*)\]\([^()\s]*\)", r"\1", plain(marked))
    for mark in (r"\*\*", "`", r"\*"):
        shown = re.sub(rf"(?<![\\\w]){mark}(?=\S)(.*?)(?<=\S){mark}", r"\1", shown)
    return re.sub(r"<(https://[^<>]*)>|\\([*`_\[\]$|])", r"\1\2", shown)


def _item(item: Line, mark: str, indent: str) -> Iterator[str]:
    """Write one entry of a list; what follows a break is a formula on a line of its own."""
    first, *others = text(item)
    inner = indent + " " * (len(mark) + 1)
    yield from wrapped(first, f"{indent}{mark} ", inner)
    for formula in others:
        if len(inner) + 2 + len(formula) <= WIDTH:
            yield f"{inner}  {formula}"
        else:
            first, *sides = _sides(formula)
            yield from wrapped(first, f"{inner}  ", f"{inner}      ")
            for side in sides:
                yield from wrapped(side, f"{inner}    ", f"{inner}      ")


def _sides(formula: str) -> list[str]:
    """Split a formula before its sign, unless that is in parentheses, and before conditions."""
    stated, where, conditions = formula.partition(" where ")
    for found in re.finditer(r" (?=[=≠<≤>≥→] )", stated):
        left = stated[: found.start()]
        if left.count("(") == left.count(")"):
            parts = [left, stated[found.end() :]]
            break
    else:
        parts = [stated]
    return [*parts, f"where {conditions}"] if where else parts


def _equation(row: Equation) -> tuple[str, ...]:
    """Write an equation in columns: number, mark and name, target, value."""
    name = f"{MARKS[row.change]} {row.name}"
    if row.value is None:
        return "", name, "", ""
    return f"({row.number})", name, row.target.text, f"← {row.value.text}"


def _table(block: Table, indent: str) -> Iterator[str]:
    """Align columns where they fit; otherwise write each row as a record under its first cell."""
    rows = [tuple(", ".join(text(cell)) for cell in row) for row in block.shown]
    widths = [max(map(width, column)) + 2 for column in zip(*rows, strict=True)]
    if len(indent) + sum(widths) <= WIDTH:
        yield from table(rows, indent)
        return
    for first, *cells in rows[1:]:
        if first:
            yield f"{indent}{first}"
        named = [(name, cell) for name, cell in zip(rows[0][1:], cells, strict=True) if cell]
        yield from table(named, f"{indent}  ")
