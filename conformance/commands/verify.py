"""``goldenrule verify``: judge backends against the golden vectors."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from ..files.discovery import PACKAGED_VECTORS
from ..harness.expected_failures import ExpectedFailures, ExpectedFailuresError
from ..harness.plan import Selection
from ..harness.results import Report
from ..harness.verify import verify
from .progress import bar


def run(options: argparse.Namespace) -> int:
    """Verify, print the report, and write it where asked."""
    expected_failures = ExpectedFailures()
    if options.xfail:
        try:
            expected_failures = ExpectedFailures.read(options.xfail)
        except ExpectedFailuresError as error:
            return usage_error(str(error))
    with bar("verifying") as progress:
        report = verify(
            options.backends,
            replace(selection(options), check=options.property),
            timeout=options.timeout,
            expected_failures=expected_failures,
            stop_at_first=options.stop_at_first,
            diagnose=not options.no_diagnose,
            progress=progress,
        )
    from ..reports.terminal import console, show

    show(report, console(), without_object=options.property is not None)
    try:
        _write(report, options.json, options.junit)
    except OSError as error:
        usage_error(f"{error.filename}: {error.strerror}")
        return report.exit_code or 2
    return report.exit_code


def selection(options: argparse.Namespace) -> Selection:
    """Return what the options select."""
    root = options.vectors or PACKAGED_VECTORS
    return Selection(options.rule, options.dialect, options.profile, root)


def usage_error(message: str) -> int:
    """Print one line and return the exit code of wrong usage."""
    print(f"goldenrule: {message}", file=sys.stderr)
    return 2


def _write(report: Report, json_file: Path | None, junit_file: Path | None) -> None:
    if json_file:
        from ..reports.json import render as render_json

        json_file.write_text(render_json(report), encoding="utf-8")
    if junit_file:
        from ..reports.junit import render as render_junit

        junit_file.write_text(render_junit(report), encoding="utf-8")
