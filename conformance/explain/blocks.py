"""What a page is made of, whether it is read in a browser or in a terminal.

A line is text with Markdown's inline marks (`code`, **bold**, [words](target)) and formulas in
LaTeX between dollar signs; or a sequence of such text and of formulas that carry their plain text
along. A line break in it is one on the page. The target of a link is an anchor of the page, a
page's path from the root of the book, such as `/optimizers/adam.md#update`, or an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Math:
    """A formula, in LaTeX and in plain text; on a line of its own where it is displayed."""

    latex: str
    text: str
    display: bool = False


Line = str | tuple["str | Math", ...]


@dataclass(frozen=True)
class Heading:
    """A heading; the level 1 is the page's title."""

    level: int
    text: Line
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: Line


@dataclass(frozen=True)
class Items:
    """A list, numbered or not."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A table; a column without any entry is left out."""

    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]

    @property
    def shown(self) -> tuple[tuple[Line, ...], ...]:
        """Head and rows, without the columns that have no entry."""
        columns = [column for column in zip(self.head, *self.rows, strict=True) if any(column[1:])]
        return tuple(zip(*columns, strict=True))


@dataclass(frozen=True)
class Equation:
    """A numbered step of a rule, or of a derivation; without a value it is left out of the rule."""

    name: str
    target: Math
    value: Math | None
    change: Literal["", "added", "replaced", "dropped"] = ""
    anchor: str = ""
    number: int = 0


@dataclass(frozen=True)
class Equations:
    """Equations one under another, their signs aligned."""

    rows: tuple[Equation, ...]


@dataclass(frozen=True)
class Code:
    """Lines of a program, or of a terminal."""

    text: str
    language: str = "text"


@dataclass(frozen=True)
class Folded:
    """What is shown to a reader who asks for it."""

    title: Line
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Items | Table | Equations | Code | Folded
