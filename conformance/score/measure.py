"""Measuring the score: the survey, and the list of what is equivalent for other reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from goldenrule.reference import catalogue

from ..files.discovery import PACKAGED_VECTORS
from .listed import EQUIVALENTS, complaints, entries, excused
from .probes import PROFILES
from .result import Result
from .survey import Job, Progress, survey


def measure(
    jobs: Sequence[Job],
    profiles: Sequence[str] = PROFILES,
    share: int = 1,
    progress: Progress = lambda *_: None,
    root: Path = PACKAGED_VECTORS,
    equivalents: Path = EQUIVALENTS,
) -> Result:
    """Try the wrong rules of dialects, one of every `share`, and excuse those that are listed.

    Raises ListError for a list that cannot be read. Whether all that is listed holds is asked
    only where everything is measured.
    """
    listed = entries(equivalents)
    found = survey(jobs, profiles, share, progress, root)
    problems = []
    if share == 1 and set(profiles) == set(PROFILES) and set(jobs) == _everything():
        problems = list(complaints(found.records, listed))
    return Result.of(found, excused(found.records, listed), share, problems)


def _everything() -> set[Job]:
    return {(rule, dialect) for rule in catalogue.names() for dialect in catalogue.forms(rule)}
