"""Tables in Markdown, and the text that stands in their cells."""

import re
from collections.abc import Iterable, Iterator


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write a table; a column without any entry is left out."""
    columns = zip(*(tuple(head), *map(tuple, rows)), strict=True)
    kept = [column for column in columns if any(column[1:])]
    if not kept:
        return
    first, *others = zip(*kept, strict=True)
    yield f"| {' | '.join(first)} |"
    yield f"|{' --- |' * len(kept)}"
    yield from (f"| {' | '.join(row)} |" for row in others)


def wide(lines: Iterable[str], kind: str = "") -> Iterator[str]:
    """Put a table into a box that scrolls by itself where the window is narrow."""
    yield f'<div class="{f"wide {kind}".strip()}" markdown>'
    yield ""
    yield from lines
    yield ""
    yield "</div>"


def prose(text: str) -> str:
    r"""Keep plain text from being read as Markdown; addresses become links.

    >>> prose("m*b* of https://example.org/a_b.")
    'm\\*b\\* of <https://example.org/a_b>.'
    """
    parts = re.split(r"(https://[^\s)]*[\w/])", text)
    return "".join(
        f"<{part}>" if number % 2 else re.sub(r"([*`_\[\]|<])", r"\\\1", part)
        for number, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Write a name as it is typed; a bar would end the cell of a table."""
    return "`" + text.replace("|", r"\|") + "`"


def page(rule: str) -> str:
    """Link to the page of a rule."""
    return f"[{rule.rpartition('/')[2]}](/{rule}.md)"


def figure(number: float | None) -> str:
    """Write three digits of an error; nothing at all is `exact`.

    >>> figure(0.99971), figure(0.0123456), figure(1183.2), figure(0.0), figure(None)
    ('1.00', '0.0123', '1,183', 'exact', '')
    """
    if number is None:
        return ""
    if number == 0:
        return "exact"
    return f"{number:,.0f}" if 1000 <= number < 1e6 else f"{number:#.3g}".removesuffix(".")
