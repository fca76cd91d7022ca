"""The score people read: a row for every rule and profile, then what survives."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..reports.terminal import trimmed
from .criteria import CRITERIA
from .result import COLUMNS, Count, Result


def show(result: Result, screen: Console) -> None:
    """Print a result."""
    with trimmed(screen):
        screen.print(_table(result))
        if result.holes:
            screen.print()
        for record in result.holes:
            screen.print(Text(f"survives: {record.id}: {record.sentence}", "bold red"))
        screen.print()
        for fault in result.faults:
            screen.print(Text(fault, "bold red"))
        screen.print(_summary(result))


def _table(result: Result) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("rule", no_wrap=True)
    table.add_column("profile", no_wrap=True)
    titles = ("mutants", "equi-\nvalent", *COLUMNS)
    for title in (*titles, *(f"{name}\nfalse" for name in CRITERIA)):
        table.add_column(title, justify="right", no_wrap=True)
    shown = ""
    for (rule, profile), count in sorted(result.counts.items(), key=_order):
        table.add_row(
            "" if rule == shown else rule,
            profile,
            str(count.mutants),
            str(count.equivalent or ""),
            *(_killed(count, column) for column in COLUMNS),
            *(_alarms(result, rule, profile)),
        )
        shown = rule
    return table


def _order(item: tuple[tuple[str, str], Count]) -> tuple[str, int]:
    (rule, profile), _ = item
    return rule, ("float64", "float32", "bfloat16").index(profile)


def _killed(count: Count, column: str) -> Text:
    """The percentage that a criterion kills; everything only if it is."""
    missed = count.wrong - count.killed[column]
    if not missed:
        return Text("100 %", "green" if column == "intervals" else "")
    return Text(f"{int(1000 * count.score(column)) / 10} %")


def _alarms(result: Result, rule: str, profile: str) -> Iterator[str]:
    forms = result.forms[rule, profile]
    for name in CRITERIA:
        alarms = result.alarms(rule, profile, name)
        yield f"{alarms}/{forms}" if alarms else ""


def _summary(result: Result) -> Text:
    total = Count.of(result.records)
    made = len({record.id.rpartition("/")[0] for record in result.records})
    parts = [
        f"{made} mutants in {total.mutants} arithmetics",
        f"{total.equivalent} equivalent",
        f"{total.killed['intervals']} of {total.wrong} killed",
    ]
    if result.share > 1:
        parts[0] += f", one of every {result.share}"
    style = ("green", "bold red", "yellow")[result.exit_code]
    return Text("; ".join(parts) + ".", style)
