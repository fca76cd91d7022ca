"""How far a candidate goes: the cases that it explains, and those that contradict it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldenrule.reference.catalogue import Function

from .acceptance import accepted
from .candidate import Candidate
from .evaluate import outputs_of
from .likeness import differs
from .question import Question
from .scatter import Errors, are_scattered

MINORITY = 3
"""An explanation explains more than so many times the cases that contradict it."""
REFUTATIONS = 4
"""So many answers are judged in vain before a candidate is given up."""
MAJORITY = 0.5
"""The part that must be explained, even where nothing else can be judged."""


@dataclass(eq=False)
class Tally:
    """What has been found out about a candidate.

    An answer that is wrong for another reason, where the candidate is what was declared, neither
    explains nor contradicts it; it stays open.
    """

    candidate: Candidate
    declared: Function
    likeness: float = 0.0
    resembled: list[Question] = field(default_factory=list)
    explained: int = 0
    contradicted: int = 0
    refuted: int = 0
    unjudged: int = 0
    errors: list[Errors] = field(default_factory=list)

    def judge(self, question: Question, profiles: Iterable[str]) -> None:
        """Judge the answers in some profiles and count the outcomes."""
        failing = question.failing
        outcomes = accepted(self.candidate, question, list(profiles), self.errors)
        refuted = [name for name, outcome in outcomes.items() if outcome is False]
        self.refuted += len(refuted)
        if failing and refuted and not differs(self.candidate, self.declared, question):
            refuted = [name for name in refuted if name not in failing]
        self.contradicted += len(refuted)
        judged = [outcomes[name] for name in outcomes.keys() & failing.keys()]
        self.explained += judged.count(True)
        self.unjudged += judged.count(None)

    @property
    def is_hopeless(self) -> bool:
        """Whether it resembled answers that it could not explain, and never one that it could."""
        return not self.explained and self.refuted >= REFUTATIONS

    @property
    def explains(self) -> bool:
        """Whether it is worth reporting."""
        return self.explained > MINORITY * self.contradicted and are_scattered(self.errors)

    def settles(self, enough: float) -> bool:
        """Whether nothing contradicts it, and it explains enough of what can be judged."""
        can_be = enough - self.unjudged
        return not self.contradicted and self.explained >= max(can_be, MAJORITY * enough, 1)

    def is_covered_by(self, other: Tally) -> bool:
        """Whether another explains as much and nothing contradicts it, unlike this one."""
        return (
            self.contradicted > 0 and not other.contradicted and other.explained >= self.explained
        )

    @property
    def rank(self) -> tuple[int, bool]:
        """Sort key, the best first; between equals the order in which they were tried decides."""
        return MINORITY * self.contradicted - self.explained, self.returns_more

    @property
    def returns_more(self) -> bool:
        """Whether it returns something that what was declared does not return."""
        found = outputs_of(self.candidate.canonical, self.resembled[0].problem)
        return not found <= outputs_of(self.declared, self.resembled[0].problem)
