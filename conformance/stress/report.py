"""What a stress run found: counts, worst and median fractions of the bound, violations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..harness.results import Problem
from .judge import Verdict
from .quadratic import describe
from .trials import Trial

# Quotients bound/error are counted in bins of a sixteenth of an octave, up to 2^64.
_BINS = 16
_OCTAVES = 64


@dataclass(frozen=True, order=True)
class Key:
    """What a row is about."""

    backend: str = ""
    rule: str = ""
    dialect: str = ""
    profile: str = ""
    family: str = ""


KEY_FIELDS = fields(Key)


@dataclass
class Row:
    """The outcome of all trials of a declaration with a family of inputs.

    `elements` counts elements times steps; `numbers` their outputs that have a bound, `unjudged`
    those without.
    """

    key: Key
    elements: int = 0
    numbers: int = 0
    unjudged: int = 0
    violations: int = 0
    worst: float = 0.0
    histogram: NDArray[np.int64] = field(
        default_factory=lambda: np.zeros(_BINS * _OCTAVES, np.int64), repr=False
    )

    def add(self, verdict: Verdict) -> None:
        """Count one output of one step."""
        fractions = verdict.fraction[verdict.judged]
        self.numbers += fractions.size
        self.unjudged += verdict.judged.size - fractions.size
        self.violations += verdict.violations.size
        self.worst = max(self.worst, float(np.nan_to_num(fractions, nan=np.inf).max(initial=0.0)))
        octaves = -np.log2(fractions[(fractions > 0) & np.isfinite(fractions)])
        bins = np.clip(octaves * _BINS, 0, self.histogram.size - 1).astype(np.int64)
        self.histogram += np.bincount(bins, minlength=self.histogram.size)

    def __add__(self, other: Row) -> Row:
        return Row(
            self.key,
            self.elements + other.elements,
            self.numbers + other.numbers,
            self.unjudged + other.unjudged,
            self.violations + other.violations,
            max(self.worst, other.worst),
            self.histogram + other.histogram,
        )

    @property
    def median(self) -> float:
        """The median of bound/error over all errors but 0, to 4 %; NaN if there are none."""
        counted = np.cumsum(self.histogram)
        if not counted[-1]:
            return np.nan
        return 2 ** ((np.searchsorted(counted, counted[-1] / 2) + 0.5) / _BINS)


class Finding(Protocol):
    """One element outside its bound, with all that it takes to see it again."""

    def lines(self) -> Iterator[str]:
        """Say what was given, what came and what should have."""
        ...


@dataclass(frozen=True)
class Violation:
    """One element of an update outside its bound."""

    trial: Trial
    verdict: Verdict
    element: int

    def lines(self) -> Iterator[str]:
        """Say what was given, what came and what should have."""
        problem, v, i = self.trial.problem, self.verdict, self.element
        yield f"{self.trial.subject.name}, {self.trial.family}: {v.output} after step {v.step + 1}"
        given = {name: x.T.ravel()[i] for name, x in problem.given.items()}
        yield f"t={problem.t}  {_numbers(given)}"
        if problem.objective is not None:
            yield from describe(problem, i)
        for step in problem.steps[: v.step + 1]:
            inputs = {name: x[i] for name, x in step.given.items()}
            yield _numbers({**inputs, **step.hyper})
        yield f"got {_number(v.got[i])}, exact about {_number(v.exact[i])}"
        yield f"error {v.error[i]:.4g} = {v.fraction[i]:.4g} x bound {v.bound[i]:.4g}"


def _numbers(values: dict[str, float]) -> str:
    return "  ".join(f"{name}={_number(value)}" for name, value in values.items())


def _number(value: float) -> str:
    return f"{float(value).hex()} ({value:.9g})"


@dataclass(frozen=True)
class Report:
    """All rows, the first violations of each, and what could not be run."""

    rows: Sequence[Row]
    violations: Sequence[Finding]
    problems: Sequence[Problem]
    seed: int
    refused: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """How many trials of layers a backend did not support, by label and reason."""

    @property
    def exit_code(self) -> int:
        """1 after a violation or a failure; else 2 if something was not checked; else 0."""
        if any(row.violations for row in self.rows) or any(p.wrong for p in self.problems):
            return 1
        return 2 if self.problems or not self.rows else 0

    @property
    def total(self) -> Row:
        """All rows added up."""
        return sum(self.rows, Row(Key()))

    def sums(self, *names: str) -> list[Row]:
        """Rows added up over all keys that agree in these fields; the others are left empty."""
        found: dict[Key, Row] = {}
        for row in self.rows:
            key = Key(*(getattr(row.key, f.name) if f.name in names else "" for f in KEY_FIELDS))
            found[key] = found.get(key, Row(key)) + row
        return [found[key] for key in sorted(found)]
