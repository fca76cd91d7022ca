"""Blocks as Markdown, with HTML where Markdown has no words: numbered equations, what is folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

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

BREAK = "<br>"


def markdown(blocks: Iterable[Block]) -> str:
    """Write blocks, one after another."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def line(written: Line) -> str:
    """Write a line; in a formula, a bar would end the cell of a table."""
    pieces = (written,) if isinstance(written, str) else written
    text = "".join(_formula(p) if isinstance(p, Math) else _bars(p) for p in pieces)
    return text.replace("\n", BREAK)


def _bars(text: str) -> str:
    return re.sub(r"\$([^$]*)\$", lambda found: _between(found[1]), text)


def _formula(formula: Math) -> str:
    return _between((r"\displaystyle " if formula.display else "") + formula.latex)


def _between(latex: str) -> str:
    return "$" + latex.replace("|", r"\vert ").strip() + "$"


def _block(block: Block) -> str:
    match block:
        case Heading():
            anchor = f" {{ #{block.anchor} }}" if block.anchor else ""
            return f"{'#' * block.level} {line(block.text)}{anchor}"
        case Paragraph():
            return line(block.text)
        case Items():
            mark = "1." if block.numbered else "-"
            return "\n".join(f"{mark} {line(item)}" for item in block.items)
        case Table():
            return "\n".join(_table(block))
        case Equations():
            return "\n".join(_equations(block))
        case Code():
            return f"```{block.language}\n{block.text.rstrip()}\n```"
        case Folded():
            inside = markdown(block.blocks)
            title = f"<summary>{line(block.title)}</summary>"
            return f'<details markdown="1">{title}\n\n{inside}\n</details>'


def _table(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.shown):
        yield f"| {' | '.join(map(line, row))} |"
        if number == 0:
            yield f"|{' --- |' * len(row)}"


def _equations(equations: Equations) -> Iterator[str]:
    """Write equations as a table whose rows can be linked to; changed ones have a class."""
    yield '<div class="equations"><table class="equations">'
    yield from map(_row, equations.rows)
    yield "</table></div>"


def _row(row: Equation) -> str:
    anchor = f' id="{row.anchor}"' if row.anchor else ""
    marked = f' class="{row.change}"' if row.change else ""
    if row.value is None:
        target, value, number = "", "left out", ""
    else:
        target = _cell(row.target.latex)
        value = _cell(rf"\leftarrow {row.value.latex}")
        number = f'<a href="#{row.anchor}">({row.number})</a>' if row.number else ""
    return (
        f'<tr{anchor}{marked}><td class="target">{target}</td><td class="value">{value}</td>'
        f'<td class="name">{row.name}</td><td class="number">{number}</td></tr>'
    )


def _cell(latex: str) -> str:
    return rf'<span class="arithmatex">\(\displaystyle {escape(latex, quote=False)}\)</span>'
