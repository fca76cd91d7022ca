"""The properties of optimizer objects, in words: a table, and every violation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..harness.property_results import ObjectResult, PropertyResult
from ..harness.status import RIGHT, WRONG, Status
from .violation import details

STYLES = {"holds": "green", "violated": "bold red", "not checked": "yellow"}


def show(objects: Sequence[ObjectResult], screen: Console) -> None:
    """Print the table and the violations."""
    if objects:
        screen.print(_table(objects))
    for _, group in groupby(objects, lambda o: (o.backend, o.rule, o.dialect)):
        for violation in _violations(list(group)):
            screen.print()
            screen.print(violation)


def left_out(objects: Sequence[ObjectResult]) -> Iterator[str]:
    """Say which properties were not checked, or not wholly, and why."""
    for (backend, rule, dialect), group in groupby(
        objects, lambda o: (o.backend, o.rule, o.dialect)
    ):
        reasons: dict[tuple[str, str], list[str]] = {}
        for result in (result for item in group for result in item.properties):
            if result.status is Status.NOT_APPLICABLE:
                reasons.setdefault(("not applicable", result.reason), []).append(result.name)
            elif result.status in RIGHT and result.reason:
                reasons.setdefault(("in part", result.reason), []).append(result.name)
        for (how, reason), names in reasons.items():
            properties = ", ".join(dict.fromkeys(names))
            yield f"{how}: {backend}  {rule}/{dialect}: {properties} ({reason})"


def without_object(names: Sequence[str]) -> Iterator[str]:
    """Say which declarations no optimizer object stands beside, a line for each backend."""
    for backend, group in groupby(names, lambda name: name.partition("/")[0]):
        rules = ", ".join(name.partition("/")[2] for name in group)
        yield f"no optimizer object: {backend}  {rules}"


def summary(objects: Sequence[ObjectResult]) -> Iterator[str]:
    """Yield what the last line says of them."""
    if not objects:
        return
    judged = sum(len(item.judged) for item in objects)
    yield f"{sum(item.holding for item in objects)} of {judged} properties hold"
    statuses = [result.status for item in objects for result in item.properties]
    if expected := statuses.count(Status.EXPECTED_FAILURE):
        yield f"{expected} lacking as expected"


def _table(objects: Sequence[ObjectResult]) -> Table:
    """One row per object; profiles share it while the outcome is the same."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("optimizer object", no_wrap=True)
    table.add_column("profile", min_width=15)
    table.add_column("implementations")
    for title in ("properties", "verdict"):
        table.add_column(title, no_wrap=True)
    shown = ""
    for (backend, rule, dialect, implementations, verdict, holding), rows in groupby(
        objects,
        lambda o: (o.backend, o.rule, o.dialect, o.implementations, o.verdict, o.holding),
    ):
        if backend != shown:
            table.add_row(Text(backend, "bold"))
            shown = backend
        row = list(rows)
        judged = len(row[0].judged)
        table.add_row(
            f"  {rule.rpartition('/')[2]}/{dialect}",
            " ".join(item.profile for item in row),
            " ".join(implementations) or "one",
            f"{holding} of {judged}" if judged else "",
            Text(verdict, STYLES[verdict]),
        )
    return table


def _violations(objects: Sequence[ObjectResult]) -> Iterator[Group]:
    """Describe every property that an object lacks, in the first profile that shows it."""
    wrong: dict[str, list[tuple[ObjectResult, PropertyResult]]] = {}
    for item in objects:
        for result in item.properties:
            if result.status in WRONG:
                wrong.setdefault(result.name, []).append((item, result))
    for name, found in wrong.items():
        item, result = found[0]
        what = f"{item.backend}  {item.rule}/{item.dialect}  {item.profile}"
        body = Table.grid(padding=(0, 2))
        body.add_column(style="dim", no_wrap=True)
        body.add_column(overflow="fold")
        for title, text in details(result):
            body.add_row(title, Text(text))
        if others := [other.profile for other, _ in found[1:]]:
            body.add_row("also", ", ".join(others))
        title = Text(f"{what}  {result.status}: {name}", STYLES["violated"])
        yield Group(title, Padding(body, (0, 0, 0, 2)))
