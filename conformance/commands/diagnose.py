"""``goldenrule diagnose``: verify, and name everything that accounts for the deviations."""

from __future__ import annotations

import argparse

from ..harness.results import EntryResult
from ..harness.verify import verify
from .progress import bar
from .verify import selection

EXPLANATIONS = 5


def run(options: argparse.Namespace) -> int:
    """Verify with diagnosis and print the report with several explanations."""
    with bar("diagnosing") as progress:
        report = verify(
            options.backends, selection(options), timeout=options.timeout, progress=progress
        )
    from ..reports.terminal import console, show

    screen = console()
    show(report, screen, explanations=EXPLANATIONS)
    for name in dict.fromkeys(map(_name, filter(_is_unexplained, report.entries))):
        screen.print(f"{name}: no known dialect, arithmetic or mistake accounts for this")
    return report.exit_code


def _is_unexplained(entry: EntryResult) -> bool:
    return bool(entry.wrong) and not entry.explanations


def _name(entry: EntryResult) -> str:
    return f"{entry.backend}  {entry.rule}/{entry.title}"
