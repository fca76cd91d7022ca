"""The table people read, and every violation with what reproduces it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .known import KNOWN
from .report import Report, Row

DEFAULT_FIELDS = ("backend", "family")


def show(report: Report, screen: Console, fields: Sequence[str] = DEFAULT_FIELDS) -> None:
    """Print a report, its rows added up over all but these fields of their keys.

    The fields are backend, rule, dialect, profile and family.
    """
    if report.rows:
        screen.print(_table(report.sums(*fields), fields))
    for violation in report.violations:
        first, *others = violation.lines()
        screen.print()
        screen.print(Text(first, "bold red"))
        for line in others:
            screen.print(Text("  " + line))
    screen.print()
    for line in _spared(report):
        screen.print(Text(line))
    for line in _refused(report):
        screen.print(Text(line))
    for problem in report.problems:
        style = "bold red" if problem.wrong else "yellow"
        screen.print(Text(f"{problem.subject}: {problem.message}", style))
    screen.print(summary(report))


def summary(report: Report) -> Text:
    """The last line."""
    total = report.total
    if not total.numbers:
        return Text("nothing was checked.", "yellow")
    text = (
        f"{total.elements} elements, {total.numbers} numbers judged: {total.violations} outside "
        f"their bounds; worst error/bound {total.worst:.4g}, median bound/error {total.median:.3g}"
        f" (seed {report.seed})."
    )
    return Text(text, ("green", "bold red", "yellow")[report.exit_code])


def _table(rows: Sequence[Row], fields: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in fields:
        table.add_column(title, no_wrap=True)
    for title in ("elements", "numbers\njudged", "un-\njudged", "outside\nbound"):
        table.add_column(title, justify="right", no_wrap=True)
    for title in ("worst\nerror/bound", "median\nbound/error"):
        table.add_column(title, justify="right", no_wrap=True)
    last: list[str] = []
    for row in rows:
        keys = [str(getattr(row.key, field)) for field in fields]
        *group, name = keys
        table.add_row(
            *("" if group == last else text for text in group),
            name,
            *map(str, (row.elements, row.numbers, row.unjudged)),
            Text(str(row.violations), "bold red" if row.violations else ""),
            f"{row.worst:.4g}",
            f"{row.median:.3g}",
        )
        last = group
    return table


def _spared(report: Report) -> list[str]:
    """What is known and was not judged."""
    seen = {(r.key.backend.split("-")[0], r.key.rule, r.key.dialect) for r in report.rows}
    return [
        f"not judged: {backend} {rule}/{dialect}, theta: {reason}"
        for (backend, rule, dialect), (_, reason) in KNOWN.items()
        if (backend, rule, dialect) in seen
    ]


def _refused(report: Report) -> Iterator[str]:
    """What backends did not support, and the commonest of their reasons."""
    for backend in sorted({backend for backend, _ in report.refused}):
        counts = {reason: n for (name, reason), n in report.refused.items() if name == backend}
        first = max(counts, key=lambda reason: counts[reason])
        others = f" (and {len(counts) - 1} other reasons)" if len(counts) > 1 else ""
        yield f"not applicable: {backend}, {sum(counts.values())} draws: {first}{others}"
