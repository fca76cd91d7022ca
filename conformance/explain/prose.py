"""Prose as blocks: the little Markdown that the pages of rules are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import Block, Code, Heading, Items, Paragraph

HEADING = re.compile(r"(#+) (.*?)(?: *\{[^}]*\})?")
ITEM = re.compile(r"(-|\d+\.) +(.*)", re.DOTALL)
NEXT = re.compile(r"\n(?=(?:-|\d+\.) )")


def blocks(text: str) -> Iterator[Block]:
    """Read headings, paragraphs, lists and fenced code; comments are left out."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    for index, piece in enumerate(re.split(r"^```", text, flags=re.MULTILINE)):
        if index % 2:
            language, _, lines = piece.partition("\n")
            yield Code(lines, language or "text")
        else:
            for paragraph in re.split(r"\n\s*\n", piece):
                if paragraph.strip():
                    yield from _paragraph(paragraph.strip())


def _paragraph(text: str) -> Iterator[Block]:
    first, _, rest = text.partition("\n")
    if heading := HEADING.fullmatch(first):
        yield Heading(len(heading[1]), heading[2])
        if rest.strip():
            yield from _paragraph(rest.strip())
    elif ITEM.match(text):
        items = tuple(_joined(ITEM.sub(r"\2", item)) for item in NEXT.split(text))
        yield Items(items, numbered=not text.startswith("-"))
    else:
        yield Paragraph(_joined(text))


def _joined(text: str) -> str:
    return " ".join(text.split())
