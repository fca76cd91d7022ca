"""``goldenrule fuzz``: hold backends and bounds against inputs drawn afresh."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from ..files.discovery import VectorFileError
from ..fuzz import Report, fuzz, show
from ..harness.plan import Selection
from ..reports.terminal import console
from .progress import bar
from .verify import usage_error


def run(options: argparse.Namespace) -> int:
    """Fuzz, write what was found, print the report, and write that where asked."""
    with bar("fuzzing") as progress:
        report = fuzz(
            options.backends,
            Selection(options.rule, options.dialect, options.profile),
            seconds=options.seconds,
            elements=options.elements,
            seed=options.seed,
            progress=progress,
        )
    code = report.exit_code
    try:
        written = _write(report, options.out)
        if options.json:
            from ..fuzz.document import render

            options.json.write_text(render(report), encoding="utf-8")
    except VectorFileError as error:
        written, code = False, code or usage_error(str(error))
    except OSError as error:
        written, code = False, code or usage_error(f"{error.filename}: {error.strerror}")
    show(report, console())
    if written:
        words = ["goldenrule", "verify", *options.backends, "--vectors", str(options.out)]
        console().print(f"To see it again: {shlex.join(words)}", soft_wrap=True, highlight=False)
    return code


def _write(report: Report, root: Path) -> bool:
    """Write what was shrunk; whether there was anything."""
    if not any(finding.shrunk for finding in report.findings):
        return False
    from ..fuzz.write import write

    return bool(write(root, report.findings))
