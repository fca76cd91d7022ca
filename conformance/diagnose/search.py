"""The search: many candidates by resemblance, the few that remain by judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function

from ..harness.explanation import Evidence, Explanation
from .acceptance import accepted
from .candidate import Candidate, candidates, further_candidates
from .likeness import differs, likeness
from .question import Question, questions

SAMPLE = 8
"""The number of failing cases on which candidates are chosen."""
FINALISTS = 12
ALIKE = 0.95
"""The part of an answer's numbers that a candidate must come near to be judged."""
MINORITY = 3
"""An explanation explains more than so many times the cases that contradict it."""


@dataclass
class _Tally:
    """How far a candidate goes; its place in the order of candidates decides between equals.

    An answer that is wrong for another reason, where the candidate is what was declared, neither
    explains nor contradicts it.
    """

    candidate: Candidate
    declared: Function
    place: int
    explained: int = 0
    contradicted: int = 0
    resembled: Sequence[Question] = ()

    def judge(self, question: Question, profiles: Iterable[str]) -> None:
        """Judge the answers in some profiles and count the outcomes."""
        failing = question.failing
        outcomes = accepted(self.candidate, question, list(profiles))
        refuted = [name for name, outcome in outcomes.items() if outcome is False]
        if failing and refuted and not differs(self.candidate, self.declared, question):
            refuted = [name for name in refuted if name not in failing]
        self.contradicted += len(refuted)
        self.explained += sum(outcomes[name] is True for name in outcomes.keys() & failing.keys())

    @property
    def explains(self) -> bool:
        """Whether it is worth reporting."""
        return self.explained > MINORITY * self.contradicted

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sort key, the best first."""
        return -self.explained, self.contradicted, self.place


def diagnose(evidence: Evidence) -> Sequence[Explanation]:
    """Explain what a backend returned, the best explanation first; empty if nothing does."""
    rule, dialect = evidence.rule, evidence.dialect
    asked = questions(evidence.observations)
    if not asked or rule not in catalogue.names():
        return ()
    kind = asked[0].problem.kind
    forms = catalogue.forms(rule, kind).get(dialect)
    if not forms:
        return ()
    tallies = _search(candidates(rule, dialect, kind), forms[0], asked)
    tallies = tallies or _search(further_candidates(rule, dialect, kind), forms[0], asked)
    return [
        Explanation(
            tally.candidate.name, tally.candidate.sentence(), tally.explained, tally.contradicted
        )
        for tally in sorted(tallies, key=lambda tally: tally.rank)
    ]


def _search(
    tried: Iterable[Candidate], declared: Function, asked: Sequence[Question]
) -> list[_Tally]:
    """Judge the failing answers that a candidate resembles, and if it explains any, the rest."""
    sample = _sample([question for question in asked if question.failing])
    most = sum(len(question.failing) for question in asked)
    tallies = [_Tally(candidate, declared, place) for place, candidate in enumerate(tried)]
    finalists = _finalists(tallies, sample)
    for tally in finalists:
        for question in tally.resembled:
            tally.judge(question, question.failing)
    finalists = [tally for tally in finalists if tally.explained]
    for tally in finalists:
        for question in asked:
            if MINORITY * tally.contradicted >= most:
                break
            done = question.failing if question in tally.resembled else ()
            tally.judge(question, [name for name in question.answers if name not in done])
    return [tally for tally in finalists if tally.explains and not _is_covered(tally, finalists)]


def _is_covered(tally: _Tally, others: Iterable[_Tally]) -> bool:
    """Whether another explains as much and nothing contradicts it, unlike this one."""
    return tally.contradicted > 0 and any(
        other.explained >= tally.explained and not other.contradicted for other in others
    )


def _sample(failing: Sequence[Question]) -> list[Question]:
    """Choose failing cases, as different in kind and options as there are."""
    first: dict[tuple[str, tuple[str, ...]], Question] = {}
    for question in failing:
        first.setdefault((question.case.kind, question.case.options), question)
    others = [question for question in failing if question not in first.values()]
    return [*first.values(), *others][:SAMPLE]


def _finalists(tallies: Sequence[_Tally], sample: Sequence[Question]) -> list[_Tally]:
    """Choose the candidates that resemble the failing answers most."""
    near: list[tuple[float, int, _Tally]] = []
    for tally in tallies:
        alike = [(x, q) for q in sample if (x := likeness(tally.candidate, q)) >= ALIKE]
        if alike:
            tally.resembled = [question for _, question in alike]
            near.append((-sum(x for x, _ in alike), tally.place, tally))
    return [tally for *_, tally in sorted(near, key=lambda item: item[:2])[:FINALISTS]]
