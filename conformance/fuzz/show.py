"""The tables people read, every finding with what reproduces it, and the bounds that are slack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .report import Report, Row
from .slack import slack

TABLES = (("backend", "profile"), ("rule", "computes", "output"))
LISTED = 5


def show(report: Report, screen: Console, tables: Sequence[Sequence[str]] = TABLES) -> None:
    """Print a report: a table for each of some sets of fields, rows added up over all others.

    The fields are backend, rule, dialect, computes, profile, family and output.
    """
    for fields in tables:
        if report.rows:
            screen.print(_table(report.sums(*fields), fields))
            screen.print()
    for line in (*_slack(report), *_spared(report), *_refused(report), *_reach(report)):
        screen.print(Text(line))
    for finding in report.findings:
        first, *others = finding.lines()
        screen.print(Text(first, "bold red"))
        for line in others:
            screen.print(Text("  " + line))
    said = {(finding.trial.name, finding.message) for finding in report.findings}
    for problem in report.problems:
        if (problem.subject, problem.message) not in said:
            style = "bold red" if problem.wrong else "yellow"
            screen.print(Text(f"{problem.subject}: {problem.message}", style))
    if report.rows or report.findings:
        screen.print(summary(report))


def summary(report: Report) -> Text:
    """The last line."""
    total = report.total
    text = (
        f"{total.elements:,} elements, {total.numbers:,} numbers judged: {total.violations:,} "
        f"outside their bounds; worst error/bound {total.worst:.4g}, median {total.median:.3g} "
        f"({report.budget}, seed {report.seed})."
    )
    return Text(text, ("green", "bold red", "yellow")[report.exit_code])


def _table(rows: Sequence[Row], fields: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in fields:
        table.add_column(title, no_wrap=True)
    for title in ("numbers\njudged", "un-\njudged", "outside\nbound"):
        table.add_column(title, justify="right", no_wrap=True)
    for title in ("worst\nerror/bound", "median\nerror/bound"):
        table.add_column(title, justify="right", no_wrap=True)
    last: list[str] = []
    for row in rows:
        keys = [str(getattr(row.key, field)) for field in fields]
        *group, name = keys
        table.add_row(
            *("" if group == last else text for text in group),
            name,
            *(f"{number:,}" for number in (row.numbers, row.unjudged)),
            Text(f"{row.violations:,}", "bold red" if row.violations else ""),
            f"{row.worst:.4g}",
            f"{row.median:.3g}" if row.errors else "exact",
        )
        last = group
    return table


def _slack(report: Report) -> Iterator[str]:
    """The bounds never used above 0.05, the profiles of an output together."""

    def about(x):  # type: ignore[no-untyped-def]
        return x.any_order_sum, x.key.rule, x.key.dialect, x.key.computes, x.key.output

    for (any_order, rule, dialect, _, output), group in groupby(
        sorted(slack(report), key=about), about
    ):
        of_output = list(group)
        profiles = ", ".join(x.key.profile for x in of_output)
        worst, errors = max(x.worst for x in of_output), sum(x.errors for x in of_output)
        why = " (any-order sum)" if any_order else ""
        yield (
            f"slack: {rule}/{dialect} {output} in {profiles}: worst error/bound {worst:.2g} over "
            f"{errors:,} errors{why}"
        )


def _spared(report: Report) -> Iterator[str]:
    """What is known and was not judged."""
    for one in report.spared:
        yield f"not judged: {one.declaration}, {' '.join(one.outputs)}: {one.reason}"


def _refused(report: Report) -> Iterator[str]:
    """What backends did not support, and the commonest of their reasons."""
    for backend in sorted({backend for backend, _ in report.refused}):
        counts = {reason: n for (name, reason), n in report.refused.items() if name == backend}
        first = max(counts, key=lambda reason: counts[reason])
        others = f" (and {len(counts) - 1} other reasons)" if len(counts) > 1 else ""
        yield f"not applicable: {backend}, {sum(counts.values())} draws: {first}{others}"


def _reach(report: Report) -> Iterator[str]:
    """How many subjects were reached, and why others were not."""
    total, missed = report.reach.subjects, report.reach.missed
    if total:
        yield f"{total - len(missed):,} of {total:,} subjects reached"
    for reason in sorted(set(missed.values())):
        names = [name for name, why in missed.items() if why == reason]
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        yield f"{reason}: {', '.join(names[:LISTED])}{more}"
