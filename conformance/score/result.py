"""The score: what a survey amounts to, by rule and profile, and whether that is good enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .criteria import CRITERIA
from .equivalence import PROVED
from .record import PLAIN, FalseAlarm, Record
from .survey import Survey

COLUMNS = (*CRITERIA, PLAIN)
_LEAST = {"bfloat16": 0.98}
"""The score that is asked of a rule in a profile, where it is not everything."""


@dataclass(frozen=True)
class Count:
    """Wrong rules in a profile: all, those that are equivalent, and how many of the rest die."""

    mutants: int
    equivalent: int
    killed: dict[str, int]

    @staticmethod
    def of(records: Iterable[Record]) -> Count:
        """Count records."""
        records = list(records)
        wrong = [record for record in records if not record.equivalent]
        killed = {name: sum(record.killed[name] for record in wrong) for name in COLUMNS}
        return Count(len(records), len(records) - len(wrong), killed)

    @property
    def wrong(self) -> int:
        """How many there are to kill."""
        return self.mutants - self.equivalent

    def score(self, column: str) -> float:
        """The fraction that is killed."""
        return self.killed[column] / self.wrong if self.wrong else 1.0


@dataclass(frozen=True)
class Result:
    """A survey, with the reasons for what survives, and what is wrong with the list of them."""

    records: Sequence[Record]
    false_alarms: Sequence[FalseAlarm]
    made: dict[str, int]
    forms: dict[tuple[str, str], int]
    share: int
    problems: Sequence[str] = ()

    @staticmethod
    def of(
        survey: Survey, records: Iterable[Record], share: int, problems: Iterable[str]
    ) -> Result:
        """Put together what was found."""
        alarms, made, forms = survey.false_alarms, survey.made, survey.forms
        return Result(tuple(records), alarms, made, forms, share, tuple(problems))

    def with_problems(self, problems: Iterable[str]) -> Result:
        """The same, with more that is wrong with it."""
        return replace(self, problems=(*self.problems, *problems))

    @cached_property
    def counts(self) -> dict[tuple[str, str], Count]:
        """The counts of every rule and profile."""
        groups: dict[tuple[str, str], list[Record]] = {}
        for record in self.records:
            groups.setdefault((record.rule, record.profile), []).append(record)
        return {key: Count.of(group) for key, group in groups.items()}

    @property
    def survivors(self) -> list[Record]:
        """What the vectors do not kill, and is not proved equal."""
        return [r for r in self.records if not r.is_killed and r.equivalent != PROVED]

    @property
    def holes(self) -> list[Record]:
        """What the vectors should kill, and do not."""
        return [record for record in self.records if record.is_hole]

    def alarms(self, rule: str, profile: str, criterion: str) -> int:
        """How many right forms a criterion rejects."""
        keys = ((a.rule, a.profile, a.criterion) for a in self.false_alarms)
        return sum(key == (rule, profile, criterion) for key in keys)

    @property
    def faults(self) -> list[str]:
        """Everything for which the score is not good enough, a line each."""
        return [*self._too_low(), *self._rejected(), *self.problems]

    @property
    def exit_code(self) -> int:
        """1 if there is a fault, 2 if nothing was measured, else 0."""
        return 1 if self.faults else 0 if self.records else 2

    def _too_low(self) -> Iterator[str]:
        for (rule, profile), count in self.counts.items():
            least = _LEAST.get(profile, 1.0)
            if count.score("intervals") < least:
                missed = count.wrong - count.killed["intervals"]
                yield f"{rule}, {profile}: {missed} of {count.wrong} mutants survive"

    def _rejected(self) -> Iterator[str]:
        for alarm in self.false_alarms:
            if alarm.criterion == "intervals":
                form = f"{alarm.rule}/{alarm.dialect}, form {alarm.form}, {alarm.profile}"
                yield f"{form}: a right form is rejected by case {alarm.case}"
