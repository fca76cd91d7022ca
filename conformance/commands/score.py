"""``goldenrule score``: measure what the golden vectors detect."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ..files.discovery import PACKAGED_VECTORS, discover, rule_matches
from ..reports.terminal import console
from .progress import bar
from .verify import usage_error

if TYPE_CHECKING:
    from ..score.record import Record


def run(options: argparse.Namespace) -> int:
    """Measure, print the table, and write it where asked."""
    from ..score.baseline import losses
    from ..score.document import render
    from ..score.listed import ListError
    from ..score.measure import measure
    from ..score.probes import PROFILES
    from ..score.show import show

    root = options.vectors or PACKAGED_VECTORS
    profiles = [name for name in PROFILES if fnmatchcase(name, options.profile)]
    jobs = [
        (place.rule, place.dialect)
        for place in discover(root)
        if rule_matches(options.rule, place.rule) and fnmatchcase(place.dialect, options.dialect)
    ]
    if not jobs or not profiles:
        return usage_error("no rule, dialect and profile matches")
    if options.mistakes:
        return _mistakes(jobs, profiles, root, options.mistakes)
    try:
        stored = json.loads(options.against.read_text("utf-8")) if options.against else None
        with bar("scoring") as progress:
            result = measure(jobs, profiles, options.share, progress, root)
    except ListError as error:
        return usage_error(str(error))
    except (OSError, ValueError) as error:
        return usage_error(f"{options.against}: {error}")
    if stored:
        result = result.with_problems(losses(result, stored))
    show(result, console())
    if options.synthesise:
        _synthesise(result.holes, root)
    return _written(render(result), options.json) or result.exit_code


def _mistakes(
    jobs: Sequence[tuple[str, str]], profiles: Sequence[str], root: Path, path: Path
) -> int:
    """Put the known mistakes to every case, and write how many cases reject each."""
    from ..score.rejections import document, render

    with bar("trying mistakes") as progress:
        found = document(jobs, profiles, progress, root)
    return _written(render(found), path)


def _synthesise(holes: Sequence[Record], root: Path) -> None:
    """Look for inputs that close the holes, write them as cases, and say what was found."""
    from ..cases.synthesised import synthesised, write
    from ..score.synthesis import close_holes

    with bar("searching") as progress:
        made, outcomes = close_holes(holes, progress, root=root)
    for rule, cases in made.items():
        path = write(rule, (*synthesised(rule), *cases))
        print(f"{path}: {len(cases)} cases more; now goldenrule generate --rule {rule}")
    for outcome in outcomes:
        closed = f"closed by {outcome.case}"
        missed = f"still open; the search reached {outcome.reach:.3g} of the bound"
        print(f"{outcome.hole.id}: {closed if outcome.case else missed}")


def _written(text: str, path: Path | None) -> int:
    """Write the report where asked; the exit code if that is impossible."""
    try:
        if path:
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        return usage_error(f"{error.filename}: {error.strerror}")
    return 0
