"""What fuzzing found: counts, worst and median error/bound, violations, what was not reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np

from ..harness.results import Problem
from .budget import Budget
from .finding import Finding
from .known import Known
from .verdict import Verdict

# Quotients error/bound are counted in bins of a sixteenth of an octave.
_BINS = 16


@dataclass(frozen=True, order=True)
class Key:
    """What a row is about."""

    backend: str = ""
    rule: str = ""
    dialect: str = ""
    computes: str = ""
    profile: str = ""
    family: str = ""
    output: str = ""

    def of(self, names: Sequence[str]) -> Key:
        """The key with these fields alone."""
        return Key(**{name: getattr(self, name) for name in names})


KEY_FIELDS = tuple(f.name for f in fields(Key))


@dataclass
class Row:
    """The outcome of all trials of a declaration with a family of inputs, for one output.

    `elements` counts those of the trials' main output times steps; `numbers` what was judged of the
    row's output, `unjudged` what has no bound, `errors` the numbers that are not exact.
    """

    key: Key
    elements: int = 0
    numbers: int = 0
    unjudged: int = 0
    errors: int = 0
    violations: int = 0
    worst: float = 0.0
    histogram: Counter[int] = field(default_factory=Counter, repr=False)

    def add(self, verdict: Verdict) -> None:
        """Count one output of one step."""
        fractions = verdict.fraction[verdict.judged]
        self.numbers += fractions.size
        self.unjudged += verdict.judged.size - fractions.size
        self.errors += int((fractions != 0).sum())
        self.violations += verdict.violations.size
        self.worst = max(self.worst, float(np.nan_to_num(fractions, nan=np.inf).max(initial=0.0)))
        octaves = -np.log2(fractions[(fractions > 0) & np.isfinite(fractions)])
        bins = np.floor(octaves * _BINS).astype(int)
        self.histogram.update(bins.tolist())

    def __add__(self, other: Row) -> Row:
        return Row(
            self.key,
            self.elements + other.elements,
            self.numbers + other.numbers,
            self.unjudged + other.unjudged,
            self.errors + other.errors,
            self.violations + other.violations,
            max(self.worst, other.worst),
            self.histogram + other.histogram,
        )

    @property
    def median(self) -> float:
        """The median of error/bound over all errors but 0, to 4 %; NaN if there are none."""
        total, passed = self.histogram.total(), 0
        for place in sorted(self.histogram):
            passed += self.histogram[place]
            if 2 * passed >= total:
                return 2 ** -((place + 0.5) / _BINS)
        return np.nan


@dataclass(frozen=True)
class Reach:
    """How many subjects there were, and which had no trial judged, with the reason."""

    subjects: int = 0
    missed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """All rows, a finding for each subject that is wrong, and what could not be run."""

    rows: Sequence[Row]
    findings: Sequence[Finding]
    problems: Sequence[Problem]
    seed: int
    budget: Budget
    reach: Reach
    refused: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many trials of layers a backend did not support, by label and reason."""
    spared: Sequence[Known] = ()
    any_order: frozenset[Key] = frozenset()
    """Rule, dialect, what is computed and output, where sums may be made in any order."""

    @property
    def exit_code(self) -> int:
        """1 after a violation or a failure; else 2 if something was not checked; else 0."""
        if any(row.violations for row in self.rows) or any(p.wrong for p in self.problems):
            return 1
        return 2 if self.problems or not self.rows else 0

    @property
    def total(self) -> Row:
        """All rows added up."""
        return next(iter(self.sums()), Row(Key()))

    def sums(self, *names: str) -> list[Row]:
        """Rows added up over all keys that agree in these fields; the others are left empty.

        The outputs of one trial share its elements.
        """
        rows = list(self.rows)
        if "output" not in names:
            rows = _summed(rows, KEY_FIELDS[:-1])
            most = {row.key: 0 for row in rows}
            for row in self.rows:
                key = row.key.of(KEY_FIELDS[:-1])
                most[key] = max(most[key], row.elements)
            rows = [replace(row, elements=most[row.key]) for row in rows]
        return _summed(rows, names)


def _summed(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    found: dict[Key, Row] = {}
    for row in rows:
        key = row.key.of(names)
        found[key] = found.get(key, Row(key)) + row
    return [found[key] for key in sorted(found)]
