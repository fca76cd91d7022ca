"""The outcome of a run: cases, entries, problems, and the exit code they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from numpy.typing import NDArray

from ..files.kinds import GRADIENT, UPDATE
from ..files.vector_file import Case, VectorFile
from .explanation import Explanation
from .judge import Failure
from .property_results import ObjectResult
from .status import JUDGED, WRONG, Status


@dataclass(frozen=True)
class CaseResult:
    """One case run by one entry; ``reason`` is one line where there is no verdict.

    ``missing`` names the outputs that were expected, did not come, and so were not judged.
    """

    case: Case
    status: Status
    reason: str = ""
    worst_ulp: float = 0.0
    worst_fraction: float = 0.0
    failure: Failure | None = None
    seconds: float = 0.0
    outputs: Sequence[Mapping[str, NDArray]] = field(default=(), repr=False)
    missing: tuple[str, ...] = ()

    @property
    def is_wrong_as_a_whole(self) -> bool:
        """Whether a tensor of another type or shape was returned."""
        return self.failure is not None and self.failure.element is None

    @property
    def measured(self) -> bool:
        """Whether a number of it was compared with the exact one."""
        return bool(self.outputs) and not self.is_wrong_as_a_whole


@dataclass
class EntryResult:
    """All cases of one declaration: backend, rule, dialect and profile.

    ``computes`` tells a layer from its gradient; both are ``update`` for an optimizer. Where it
    was ``diagnosed`` and there are no explanations, nothing known explains it.
    """

    backend: str
    rule: str
    dialect: str
    profile: str
    file: VectorFile | None
    cases: list[CaseResult]
    reason: str = ""
    explanations: Sequence[Explanation] = ()
    computes: str = UPDATE
    diagnosed: bool = False

    @property
    def id(self) -> str:
        """``torch-foreach/optimizers/adam/paper/float32``; a case's id is appended with a slash."""
        return entry_id(self.backend, self.rule, self.dialect, self.computes, self.profile)

    @property
    def title(self) -> str:
        """The dialect, and the word ``gradient`` where that is what was judged."""
        return f"{self.dialect} gradient" if self.computes == GRADIENT else self.dialect

    @property
    def counts(self) -> Counter[Status]:
        """The number of cases of each status."""
        return Counter(case.status for case in self.cases)

    @property
    def judged(self) -> int:
        """The number of cases with a verdict."""
        return sum(case.status in JUDGED for case in self.cases)

    @property
    def wrong(self) -> list[CaseResult]:
        """The cases that fail the run."""
        return [case for case in self.cases if case.status in WRONG]

    @property
    def missing(self) -> tuple[str, ...]:
        """The outputs that never came where they were expected, in some judged case."""
        return tuple(dict.fromkeys(name for case in self.cases for name in case.missing))

    @property
    def verdict(self) -> str:
        """``conforms``, ``deviates`` or ``not checked``."""
        if self.wrong:
            return "deviates"
        return "conforms" if self.judged else "not checked"

    @property
    def worst_ulp(self) -> float:
        """The largest error in ulp."""
        return max((case.worst_ulp for case in self.cases), default=0.0)

    @property
    def worst_fraction(self) -> float:
        """The largest error as a fraction of its bound."""
        return max((case.worst_fraction for case in self.cases), default=0.0)


def entry_id(backend: str, rule: str, dialect: str, computes: str, profile: str) -> str:
    """Name a declaration; that of a gradient says so after the dialect.

    >>> entry_id("mine", "normalizations/rms_norm", "paper", "gradient", "float32")
    'mine/normalizations/rms_norm/paper/gradient/float32'
    """
    parts = (backend, rule, dialect, *((computes,) if computes == GRADIENT else ()), profile)
    return "/".join(parts)


@dataclass(frozen=True)
class Problem:
    """Something that kept a part of the run from happening; ``wrong`` if it fails the run."""

    subject: str
    message: str
    wrong: bool = False


@dataclass(frozen=True)
class Report:
    """Everything a run found out."""

    entries: Sequence[EntryResult]
    problems: Sequence[Problem]
    objects: Sequence[ObjectResult] = ()
    without_object: Sequence[str] = ()
    """The declarations of updates that no optimizer object stands beside."""

    @property
    def exit_code(self) -> int:
        """1 if anything deviates; else 2 if something was not checked; else 0."""
        results = (*self.entries, *self.objects)
        if any(result.wrong for result in results) or any(p.wrong for p in self.problems):
            return 1
        checked = results and all(result.judged for result in results)
        return 0 if checked and not self.problems else 2
