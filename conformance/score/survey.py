"""The whole survey: every dialect's wrong rules, two dialects at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from ..files.discovery import PACKAGED_VECTORS, Location
from ..files.kinds import GRADIENT, LAYER
from ..files.vector_file import load
from .equivalence import explained
from .plain import plain_cases
from .probes import Probe, probes
from .record import FalseAlarm, Record
from .subjects import subjects
from .trial import false_alarms, tried

Progress = Callable[[str, int, int], None]
Job = tuple[str, str]


@dataclass(frozen=True)
class Survey:
    """What became of the wrong rules of some dialects.

    `made` counts them by rule, those that were left out of a share with them; `forms` counts the
    right forms that were judged, by rule and profile.
    """

    records: tuple[Record, ...]
    false_alarms: tuple[FalseAlarm, ...]
    made: dict[str, int]
    forms: dict[tuple[str, str], int]


def survey(
    jobs: Sequence[Job],
    profiles: Sequence[str],
    share: int,
    progress: Progress,
    root: Path = PACKAGED_VECTORS,
) -> Survey:
    """Try the wrong rules of dialects, given by rule and name, or one of every `share` of them."""
    if len(jobs) == 1:
        return of_dialect(*jobs[0], profiles, share, root)
    found: dict[Job, Survey] = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        futures = {}
        for job in sorted(jobs, key=lambda job: _size(job, root), reverse=True):
            futures[pool.submit(of_dialect, *job, profiles, share, root)] = job
        for done, future in enumerate(as_completed(futures), 1):
            job = futures[future]
            progress("/".join(job), done, len(jobs))
            found[job] = future.result()
    return _together([found[job] for job in sorted(found)])


def of_dialect(
    rule: str, dialect: str, profiles: Sequence[str], share: int, root: Path = PACKAGED_VECTORS
) -> Survey:
    """Try the wrong rules of one dialect."""
    file = load(Location(root, rule, dialect))
    records: list[Record] = []
    alarms: list[FalseAlarm] = []
    made = 0
    forms: dict[tuple[str, str], int] = {}
    plain = list(plain_cases(rule, dialect, profiles))
    for kind in dict.fromkeys(map(_kind, (case.computes for case in file.cases))):
        wrong = list(subjects(rule, dialect, kind))
        made += len(wrong)
        chosen = [subject for subject in wrong if subject.is_in_share(share)]
        asked = list(probes(rule, dialect, kind, file.cases, profiles))
        simple = list(probes(rule, dialect, kind, plain, profiles))
        alarms += false_alarms(rule, dialect, kind, asked)
        for profile in profiles:
            some, few = _of_profile(asked, profile), _of_profile(simple, profile)
            right = {form for probe in some for form in probe.forms}
            forms[rule, profile] = forms.get((rule, profile), 0) + len(right)
            for subject in chosen if some else ():
                if record := tried(subject, some, few):
                    records.append(record)
        records = list(explained(records, {s.id: s for s in chosen}))
    return Survey(tuple(records), tuple(alarms), {rule: made}, forms)


def _kind(computes: str) -> str:
    """The kind of function that is asked."""
    return computes if computes in (LAYER, GRADIENT) else "step"


def _of_profile(probes: Sequence[Probe], profile: str) -> list[Probe]:
    return [probe for probe in probes if probe.profile.name == profile]


def _size(job: Job, root: Path) -> int:
    """A rough measure of the work; layers take their time for every number."""
    return Location(root, *job).path.stat().st_size * (1 if job[0].startswith("opt") else 4)


def _together(surveys: Sequence[Survey]) -> Survey:
    made: dict[str, int] = {}
    forms: dict[tuple[str, str], int] = {}
    for one in surveys:
        for rule, count in one.made.items():
            made[rule] = made.get(rule, 0) + count
        for key, count in one.forms.items():
            forms[key] = forms.get(key, 0) + count
    return Survey(
        tuple(record for one in surveys for record in one.records),
        tuple(alarm for one in surveys for alarm in one.false_alarms),
        made,
        forms,
    )
