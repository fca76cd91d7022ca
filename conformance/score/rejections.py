"""How many cases reject each known mistake, and which flags they carry: every case is tried.

`score` stops at the first case that rejects a wrong rule. Here all are asked, of mistakes alone.
Counts are [rejected, asked]; flags are those that tell best which cases reject, over all profiles.

{"version": "1.0",
 "rules": {RULE: {MISTAKE: {"profiles": {PROFILE: count}, "flags": {FLAG: count}}}},
 "_info": {"date", "python", ...}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

from ..files.discovery import PACKAGED_VECTORS, Location
from ..files.kinds import GRADIENT, LAYER
from ..files.vector_file import Case, load
from ..generator.document import provenance
from ..mistakes import mistakes_of
from ..mistakes.mistake import Mistake
from .criteria import in_intervals
from .probes import PROFILES, Probe, is_same, probes
from .survey import Job, Progress

VERSION = "1.0"
KINDS = ("step", LAYER, GRADIENT)
FLAGS = 2
"""So many flags are named of a mistake at most,"""
TELLING = 0.2
"""only those whose association with rejection is as strong as that,"""
MOST = 0.8
"""and none where a larger share of the cases rejects it anyway."""
Count = tuple[int, int]


@dataclass(frozen=True)
class Trial:
    """A mistake put to a case in a profile."""

    mistake: str
    case: Case
    profile: str
    is_rejected: bool


def trials(
    rule: str, dialect: str, profiles: Sequence[str] = PROFILES, root: Path = PACKAGED_VECTORS
) -> Iterator[Trial]:
    """Put every mistake with a rule to every case of a dialect that asks something of it."""
    cases = load(Location(root, rule, dialect)).cases
    for kind in KINDS:
        asked = list(probes(rule, dialect, kind, cases, profiles))
        for mistake in mistakes_of(rule) if asked else ():
            yield from _of_mistake(mistake, asked)


def _of_mistake(mistake: Mistake, asked: Sequence[Probe]) -> Iterator[Trial]:
    """Judge the answers of a mistake; none where it returns less, of which nothing is judged."""
    wrong = mistake.made_in(asked[0].forms[0])
    if wrong is None:
        return
    for probe in asked:
        problem = mistake.restate(probe.problem)
        if wrong is probe.forms[0] and is_same(problem, probe.problem):
            continue
        outputs = probe.answer(wrong, problem)
        if outputs is not None and not probe.is_answered_by(outputs):
            return
        name = probe.profile.name
        rejected = outputs is None or not in_intervals(probe.case, name, outputs)
        yield Trial(mistake.name, probe.case, name, rejected)


def counted(found: Sequence[Trial]) -> dict[str, Any]:
    """Count what became of a mistake, by profile and by the flags that tell most."""
    profiles: dict[str, list[bool]] = {}
    flags: dict[str, list[bool]] = {}
    for trial in found:
        profiles.setdefault(trial.profile, []).append(trial.is_rejected)
        for flag in trial.case.flags:
            flags.setdefault(flag, []).append(trial.is_rejected)
    every = _count([trial.is_rejected for trial in found])
    counts = {flag: _count(rejected) for flag, rejected in flags.items()}
    told = {flag: association(count, every) for flag, count in counts.items()}
    wide = every[0] > MOST * every[1]
    best = sorted(told, key=lambda flag: (-told[flag], flag))[: 0 if wide else FLAGS]
    return {
        "profiles": {name: _count(rejected) for name, rejected in profiles.items()},
        "flags": {flag: counts[flag] for flag in best if told[flag] >= TELLING},
    }


def _count(rejected: Sequence[bool]) -> Count:
    return sum(rejected), len(rejected)


def association(flagged: Count, every: Count) -> float:
    """Tell how well a flag foretells rejection: Pearson's phi, 0 where all or none are rejected.

    >>> association((3, 3), (3, 9)), association((3, 3), (9, 9))
    (1.0, 0.0)
    """
    (a, carried), (rejected, total) = flagged, every
    spread = rejected * (total - rejected) * carried * (total - carried)
    return (a * total - rejected * carried) / sqrt(spread) if spread else 0.0


def document(
    jobs: Sequence[Job],
    profiles: Sequence[str] = PROFILES,
    progress: Progress = lambda *_: None,
    root: Path = PACKAGED_VECTORS,
) -> dict[str, Any]:
    """Try the mistakes with dialects, and say what was found, with versions and date."""
    found: dict[str, dict[str, list[Trial]]] = {}
    for done, (rule, dialect) in enumerate(jobs):
        progress(f"{rule}/{dialect}", done, len(jobs))
        of_rule = found.setdefault(rule, {})
        for trial in trials(rule, dialect, profiles, root):
            of_rule.setdefault(trial.mistake, []).append(trial)
    rules = {
        rule: {name: counted(some) for name, some in of_rule.items()}
        for rule, of_rule in found.items()
    }
    about = {"date": datetime.now(UTC).date().isoformat(), **provenance()}
    return {"version": VERSION, "rules": rules, "_info": about}


def render(measured: dict[str, Any]) -> str:
    """Write what was found as JSON, a line for each mistake."""
    rules = ",\n".join(
        f' "{rule}": {{\n'
        + ",\n".join(f'  "{name}": {json.dumps(counts)}' for name, counts in of_rule.items())
        + "\n }"
        for rule, of_rule in measured["rules"].items()
    )
    info, version = json.dumps(measured["_info"]), json.dumps(measured["version"])
    return f'{{"version": {version}, "_info": {info}, "rules": {{\n{rules}\n}}}}\n'
