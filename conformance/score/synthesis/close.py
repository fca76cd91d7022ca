"""Closing holes: for what the vectors miss, a case where it is furthest from the rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby
from pathlib import Path

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.certify import CertificationError
from goldenrule.reference.profile import Profile
from goldenrule.spec.catalogue import find

from ...cases.case import Case
from ...cases.catalogue import cases, cases_of, forms_for
from ...cases.lint import lint
from ...cases.profiles import profiles_of
from ...files.discovery import PACKAGED_VECTORS, Location
from ...files.vector_file import Case as Vector
from ...files.vector_file import load
from ...generator.document import case_document
from ...generator.golden import GoldenError
from ..probes import PROFILES, Probe, is_same, probes
from ..record import Record
from ..subjects import Subject, subjects
from ..trial import false_alarms, tried
from .climb import Found, climb
from .flag import flag

TRIES = {"step": 150, "layer": 40, "gradient": 40}
"""Inputs that are tried for a hole: a layer's take longer."""

ATTEMPTS = 3
"""Searches for a hole, while what they find does not make a sound case."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What became of a hole: the case that closes it, or else how far the search came."""

    hole: Record
    reach: float = 0.0
    case: str = ""


def close_holes(
    holes: Sequence[Record],
    progress: Progress = lambda *_: None,
    tries: Mapping[str, int] = TRIES,
    root: Path = PACKAGED_VECTORS,
) -> tuple[dict[str, list[Case]], list[Outcome]]:
    """Look for cases that kill what survives: new ones by rule, and the outcome of every hole."""
    found: dict[str, list[Case]] = {}
    outcomes: list[Outcome] = []
    for (rule, dialect, kind), group in groupby(sorted(holes, key=_part), _part):
        made = found.setdefault(rule, [])
        closing = _Closing(rule, dialect, kind, made, root)
        for outcome in closing.outcomes(list(group), tries[kind]):
            outcomes.append(outcome)
            progress(outcome.hole.id, len(outcomes), len(holes))
    return {rule: made for rule, made in found.items() if made}, outcomes


def _part(record: Record) -> tuple[str, str, str]:
    return record.rule, record.dialect, record.kind


class _Closing:
    """The holes of one part: a dialect, or its gradient."""

    def __init__(self, rule: str, dialect: str, kind: str, made: list[Case], root: Path) -> None:
        self.rule, self.dialect, self.kind, self.made = rule, dialect, kind, made
        file = load(Location(root, rule, dialect))
        self.asked = list(probes(rule, dialect, kind, file.cases, PROFILES))
        self.wrong = {subject.id: subject for subject in subjects(rule, dialect, kind)}

    def outcomes(self, holes: list[Record], tries: int) -> Iterator[Outcome]:
        """Close one hole after the other; a case may close several, those of other parts too."""
        for case in self.made:
            if self.dialect in (case.dialects or (self.dialect,)):
                closed, holes = self._closed(case, holes)
                yield from closed
        while holes:
            hole, *holes = holes
            reach, case = self._searched(hole, tries)
            if case is None:
                yield Outcome(hole, reach)
                continue
            self.made.append(case)
            yield Outcome(hole, reach, case.id)
            closed, holes = self._closed(case, holes)
            yield from closed

    def _searched(self, hole: Record, tries: int) -> tuple[float, Case | None]:
        """How far the search came, and a case that closes a hole, after a few attempts."""
        subject, reach = self._subject(hole), 0.0
        models = [probe for probe in self.asked if probe.profile.name == hole.profile]
        for attempt in range(ATTEMPTS):
            found = climb(subject, models, Profile.parse(hole.profile), tries, attempt)
            reach = max(reach, found.reach if found else 0.0)
            if found is None or found.reach <= 1:
                break
            case = self._sound_case(subject, found)
            if case and self._closed(case, [hole])[0]:
                return reach, case
        return reach, None

    def _closed(self, case: Case, holes: Iterable[Record]) -> tuple[list[Outcome], list[Record]]:
        """Tell the holes that a case closes, and give those that are left."""
        put = self._probes(case)
        closed, left = [], []
        for hole in holes:
            some = [probe for probe in put if probe.profile.name == hole.profile]
            record = tried(self._subject(hole), some, ()) if some else None
            if record and record.is_killed:
                closed.append(Outcome(hole, case=case.id))
            else:
                left.append(hole)
        return closed, left

    def _sound_case(self, subject: Subject, found: Found) -> Case | None:
        """Make a case for all dialects, or for this one alone; None if right forms fail it."""
        model = found.model.case
        if found.problem.objective is not None:
            return None
        stem = f"found-{flag(subject)}"
        stem = f"gradient-{stem}" if self.kind == "gradient" else stem
        taken = {case.id for case in (*cases(self.rule), *self.made)}
        name = next(id for i in count(1) if (id := f"{stem}-{i}") not in taken)
        comment = f"a search found these numbers: they show where {subject.sentence}"
        flags = (flag(subject),)
        case = Case(name, model.kind, comment, flags, found.problem, model.options)
        for dialects in ((), (self.dialect,)):
            case = replace(case, dialects=dialects)
            if self._is_sound(case):
                return case
        return None

    def _is_sound(self, case: Case) -> bool:
        """Whether the lint has nothing against a case, and every right form passes it."""
        for dialect in catalogue.forms(self.rule, self.kind):
            if dialect not in (case.dialects or (dialect,)) or not self._forms(dialect, case):
                continue
            definition = find(self.rule).dialect(dialect)
            known = {option.name for option in definition.options}
            asked = (*cases_of(self.rule, dialect), case)
            if self._hides(dialect, case) or lint(
                asked, lambda options, d=definition, k=known: d.counts(k & {*options})
            ):
                return False
            try:
                put = self._probes(case, dialect)
            except (GoldenError, CertificationError):
                return False
            alarms = false_alarms(self.rule, dialect, self.kind, put)
            if any(alarm.criterion == "intervals" for alarm in alarms):
                return False
        return True

    def _hides(self, dialect: str, case: Case) -> bool:
        """Whether the only question to two dialects would be one that both answer alike."""
        if dialect == self.dialect or not self._forms(self.dialect, case):
            return False
        others = [c.problem for c in cases_of(self.rule, dialect) if c.kind == case.kind]
        own = [c.problem for c in cases_of(self.rule, self.dialect) if c.kind == case.kind]
        return not any(is_same(a, b) for a in own for b in others if len(a.steps) == len(b.steps))

    def _probes(self, case: Case, dialect: str = "") -> list[Probe]:
        dialect = dialect or self.dialect
        forms = self._forms(dialect, case)
        if not forms:
            return []
        vector = Vector.read(case_document(case, forms, profiles_of(self.rule)))
        return list(probes(self.rule, dialect, self.kind, [vector], PROFILES))

    def _forms(self, dialect: str, case: Case) -> tuple[Function, ...]:
        return forms_for(self.rule, dialect, case)

    def _subject(self, hole: Record) -> Subject:
        return self.wrong[hole.id.rpartition("/")[0]]
