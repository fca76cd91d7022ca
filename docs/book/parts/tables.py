"""Tables in Markdown, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenrule.conformance.explain.blocks import Table
from goldenrule.conformance.explain.markdown import markdown


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table; a column without any entry is left out."""
    return markdown([Table(tuple(head), tuple(map(tuple, rows)))])


def wide(head: Iterable[str], rows: Iterable[Iterable[str]], kind: str = "") -> Iterator[str]:
    """Write a table in a box that scrolls by itself where the window is narrow."""
    yield f'<div class="{f"wide {kind}".strip()}" markdown>'
    yield ""
    yield table(head, rows)
    yield "</div>"


def page(rule: str) -> str:
    """Link to the page of a rule by its short name."""
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
