"""``goldenrule list``: rules, dialects and their vectors; or the profiles, or the properties."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from ..files.discovery import PACKAGED_VECTORS
from ..files.formats import PROFILES
from ..files.kinds import GRADIENT
from ..files.vector_file import VectorFile
from ..harness.plan import Library, Selection
from ..properties import CHECKS
from ..reports.terminal import console, trimmed


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    screen = console()
    with trimmed(screen):
        return _list(options, screen)


def _list(options: argparse.Namespace, screen: Console) -> int:
    if options.profiles:
        screen.print(_table(("profile", "what it promises"), PROFILES.items()))
        return 0
    if options.properties:
        rows = [(check.name, check.sentence) for check in CHECKS]
        screen.print(_table(("property", "what holds"), rows))
        return 0
    root = options.vectors or PACKAGED_VECTORS
    library, problems = Library.open(Selection(options.rule, root=root))
    rows = [
        (rule, dialect, str(len(file.cases)), _gradients(file), file.source)
        for (rule, dialect), file in library.files.items()
    ]
    if rows:
        screen.print(_table(("rule", "dialect", "cases", "gradients", "source"), rows))
    for problem in problems:
        screen.print(f"{problem.subject}: {problem.message}")
    return 1 if any(problem.wrong for problem in problems) else 2 if problems else 0


def _gradients(file: VectorFile) -> str:
    """How many of the cases ask for the gradient of a layer; blank for an update rule."""
    return str(len(file.asking_for(GRADIENT)) or "")


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, justify="right" if title in ("cases", "gradients") else "left")
    for row in rows:
        table.add_row(*row)
    return table
