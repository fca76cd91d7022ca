"""What verifying hands to diagnosis, and what it gets back.

After a deviation, ``goldenrule.conformance.diagnose`` is imported and its function

    diagnose(evidence: Evidence) -> Sequence[Explanation]

is called once for every backend, rule and dialect that deviates, and once more for the gradient of
a layer, with the outputs of all profiles and cases that ran. It returns the dialects, forms, known
mistakes or mutants that account for them, the best first; none if nothing does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from numpy.typing import NDArray

from ..files.vector_file import Case, VectorFile


@dataclass(frozen=True)
class Observation:
    """What a backend returned for one case in one profile: per step, the outputs by name.

    The arrays are as they came: of any dtype or shape, and of fewer steps than the case has where
    the backend failed half-way.
    """

    case: Case
    profile: str
    outputs: Sequence[Mapping[str, NDArray]]
    passed: bool


@dataclass(frozen=True)
class Evidence:
    """Everything one backend returned for one dialect of one rule: a layer or its gradient."""

    backend: str
    file: VectorFile
    observations: Sequence[Observation]

    @property
    def rule(self) -> str:
        """The rule that was declared."""
        return self.file.rule

    @property
    def dialect(self) -> str:
        """The dialect that was declared."""
        return self.file.dialect


class Kind(StrEnum):
    """What an explanation says is computed instead."""

    DIALECT = "dialect"
    RULE = "rule"
    ARITHMETIC = "arithmetic"
    MISTAKE = "mistake"
    MUTANT = "mutant"


@dataclass(frozen=True)
class Explanation:
    """A rule that would have returned what the backend returned.

    ``name`` is a dialect (``adam/keras``), an arithmetic (``+ftz``), a known mistake
    (``swapped-betas``), one in another dialect (``adam/keras with swapped-betas``) or a mutant
    (``m: (1 - beta1) * g -> g``); ``sentence`` says what it does differently, ``links`` where
    others did it. A case is counted in each profile. A failing case is explained if its outputs
    are accepted for this rule; any case contradicts it if they are not, unless this rule is there
    what was declared. Some failing cases cannot be judged, where NaN, a kink or an infinite bound
    decides, or where the rule knows no such option: they are no evidence.
    """

    name: str
    sentence: str
    cases_explained: int
    cases_contradicted: int
    cases_failing: int = 0
    cases_unjudged: int = 0
    kind: Kind = Kind.MISTAKE
    links: tuple[str, ...] = ()
