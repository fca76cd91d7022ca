"""The report people read: a table, the first failure of every entry that deviates, one last line.

Colour is used on a terminal only; elsewhere lines are never wrapped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..harness.results import EntryResult, Report, Status
from . import properties
from .diagnosis import diagnosis
from .failure import details, figure
from .left_out import not_asked, not_returned

NARROWEST = 80
PLAIN_WIDTH = 1000
STYLES = {"conforms": "green", "deviates": "bold red", "not checked": "yellow"}


def console(*, to_stderr: bool = False) -> Console:
    """Return a console: as wide as the terminal, or wide and plain where there is none.

    A terminal too narrow for a table wraps its lines: nothing is cut off.
    """
    screen = Console(stderr=to_stderr, highlight=False)
    screen.width = max(screen.width, NARROWEST)
    if not screen.is_terminal:
        screen = Console(
            stderr=to_stderr, highlight=False, width=PLAIN_WIDTH, color_system=None, soft_wrap=True
        )
    return screen


def show(
    report: Report, screen: Console, *, explanations: int = 1, without_object: bool = False
) -> None:
    """Print a report, with so many explanations of each deviation.

    On demand it says which declarations no optimizer object stands beside.
    """
    with trimmed(screen):
        _print(report, screen, explanations, report.without_object if without_object else ())


@contextmanager
def trimmed(screen: Console) -> Iterator[None]:
    """Print what is printed meanwhile, without blanks at the ends of lines."""
    with screen.capture() as capture:
        yield
    lines = capture.get().split("\n")
    screen.file.write("\n".join(line.rstrip() for line in lines))


def _print(
    report: Report, screen: Console, explanations: int, without_object: Sequence[str]
) -> None:
    if report.entries:
        screen.print(_table(report.entries))
    for _, group in groupby(report.entries, lambda e: (e.backend, e.rule, e.title)):
        if wrong := [entry for entry in group if entry.wrong]:
            screen.print()
            screen.print(_deviation(wrong, explanations))
    if report.entries and report.objects:
        screen.print()
    properties.show(report.objects, screen)
    missing = [*not_asked(report.entries), *not_returned(report.entries)]
    missing += [*properties.left_out(report.objects), *properties.without_object(without_object)]
    quiet = [entry for entry in report.entries if entry.verdict == "not checked"]
    checked = report.entries or report.objects
    if checked and (missing or quiet or report.problems):
        screen.print()
    for line in missing:
        screen.print(Text(line, "dim"))
    for (backend, rule, title, reason), group in groupby(
        quiet, lambda e: (e.backend, e.rule, e.title, e.reason)
    ):
        profiles = " ".join(entry.profile for entry in group)
        line = f"not checked: {backend}  {rule}/{title}  {profiles}: {reason}"
        screen.print(Text(line, "yellow"))
    for problem in report.problems:
        style = "bold red" if problem.wrong else "yellow"
        screen.print(Text(f"{problem.subject}: {problem.message}", style))
    if checked:
        screen.print()
    screen.print(summary(report))


def summary(report: Report) -> Text:
    """Return the last line."""
    verdicts = [entry.verdict for entry in report.entries]
    conform = verdicts.count("conforms")
    parts = [f"{conform} of {len(verdicts)} declarations conform"]
    parts += [
        f"{count} {word}"
        for word, count in (
            ("deviate", verdicts.count("deviates")),
            ("not checked", verdicts.count("not checked")),
        )
        if count
    ]
    judged = sum(entry.judged for entry in report.entries)
    expected = sum(entry.counts[Status.EXPECTED_FAILURE] for entry in report.entries)
    parts.append(f"{judged} cases judged")
    if expected:
        parts.append(f"{expected} failed as expected")
    if not verdicts:
        parts = [] if report.objects else ["nothing was checked"]
    parts += properties.summary(report.objects)
    style = ("green", "bold red", "yellow")[report.exit_code]
    return Text("; ".join(parts) + ".", style)


def _table(entries: Sequence[EntryResult]) -> Table:
    """One row per backend, rule and dialect; profiles share it while their verdict is the same."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("rule/dialect", no_wrap=True)
    table.add_column("profile", min_width=18)
    for title in ("cases", "worst\nulp", "error/\nbound"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    shown = ""
    for (backend, rule, title, verdict), rows in groupby(
        entries, lambda e: (e.backend, e.rule, e.title, e.verdict)
    ):
        if backend != shown:
            table.add_row(Text(backend, "bold"))
            shown = backend
        row = list(rows)
        wrong = sum(len(entry.wrong) for entry in row)
        judged = sum(entry.judged for entry in row)
        measured = any(case.measured for entry in row for case in entry.cases)
        table.add_row(
            f"  {rule.rpartition('/')[2]}/{title}",
            " ".join(entry.profile for entry in row),
            f"{judged - wrong}/{judged}" if wrong else str(judged),
            _worst([entry.worst_ulp for entry in row], measured),
            _worst([entry.worst_fraction for entry in row], measured),
            Text(verdict, STYLES[verdict]),
        )
    return table


def _worst(values: Iterable[float], measured: bool) -> str:
    return figure(max(values)) if measured else ""


def _deviation(entries: Sequence[EntryResult], explanations: int) -> Group:
    """Describe the first failure of a dialect, where else it fails, and what explains it."""
    entry, *others = entries
    title = Text(f"{entry.backend}  {entry.rule}/{entry.title}  {_count(entry)}", "bold")
    body = Table.grid(padding=(0, 2, 0, 0))
    body.add_column(no_wrap=True)
    body.add_column(overflow="fold")
    for name, text in details(entry.wrong[0], entry.file):
        body.add_row(name, Text(text))
    for other in others:
        body.add_row("also", _count(other))
    for name, text in diagnosis(entries, explanations):
        body.add_row(name, Text(text, "bold" if name == "diagnosis" else ""))
    return Group(title, Padding(body, (0, 0, 0, 2)))


def _count(entry: EntryResult) -> str:
    return f"{entry.profile}: {len(entry.wrong)} of {entry.judged} cases fail"
