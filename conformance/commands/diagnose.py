"""``goldenrule diagnose``: verify, and name everything that accounts for the deviations."""

from __future__ import annotations

import argparse

from ..harness.verify import verify
from .progress import bar
from .verify import selection

EXPLANATIONS = 5
_CONFORMS = "Whatever was judged conforms: there is nothing to diagnose."
_NOT_JUDGED = "Nothing was judged: there is nothing to diagnose."


def run(options: argparse.Namespace) -> int:
    """Verify with diagnosis and print the report with several explanations."""
    with bar("diagnosing") as progress:
        report = verify(
            options.backends,
            selection(options),
            timeout=options.timeout,
            properties=False,
            progress=progress,
        )
    from ..reports.terminal import console, show

    screen = console()
    show(report, screen, explanations=EXPLANATIONS)
    if report.entries and not any(entry.wrong for entry in report.entries):
        judged = [entry for entry in report.entries if entry.judged]
        screen.print(_CONFORMS if judged else _NOT_JUDGED)
    return report.exit_code
