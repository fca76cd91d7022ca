"""The search: many candidates by resemblance, the few that remain by judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from goldenrule.reference import catalogue

from ..harness.explanation import Evidence, Explanation
from .arithmetic import AS_DECLARED
from .candidate import Candidate, candidates, further_candidates, mutants
from .likeness import differs, likeness
from .question import Question, questions
from .tally import MINORITY, Tally

SAMPLE = 8
"""The number of failing cases on which candidates are chosen."""
FINALISTS = 12
ALIKE = 0.95
"""The part of an answer's numbers that a candidate must come near to be judged."""

Stage = Callable[[str, str, str], Iterator[Candidate]]
STAGES: tuple[tuple[Stage, float], ...] = (
    (candidates, 0.0),
    (mutants, 1.0),
    (further_candidates, 0.5),
)
"""What is tried, one after the other, if nothing explains such a part of the failing cases."""


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
    failing = sum(len(question.failing) for question in asked)
    tallies: list[Tally] = []
    for stage, part in STAGES:
        if not any(tally.settles(part * failing) for tally in tallies):
            found = (Tally(each, forms[0]) for each in stage(rule, dialect, kind))
            tallies += _search(found, asked, failing)
    return [_explanation(tally, failing) for tally in _ranked(tallies, failing)]


def _explanation(tally: Tally, failing: int) -> Explanation:
    candidate = tally.candidate
    return Explanation(
        candidate.name,
        candidate.sentence(),
        tally.explained,
        tally.contradicted,
        failing,
        tally.unjudged,
        candidate.kind,
        candidate.links,
    )


def _search(tried: Iterable[Tally], asked: Sequence[Question], failing: int) -> list[Tally]:
    """Judge the failing answers that a candidate resembles, and if it explains any, the rest."""
    sample = _sample([question for question in asked if question.failing])
    finalists = _finalists(list(tried), sample)
    for tally in finalists:
        for question in tally.resembled:
            if not tally.is_hopeless:
                tally.judge(question, question.failing)
    finalists = [tally for tally in finalists if tally.explained]
    for tally in finalists:
        for question in asked:
            if MINORITY * tally.contradicted >= failing:
                break
            done = question.failing if question in tally.resembled else ()
            tally.judge(question, [name for name in question.answers if name not in done])
    return [tally for tally in finalists if tally.explains]


def _ranked(tallies: Sequence[Tally], failing: int) -> list[Tally]:
    """Put the best first; beside what explains everything nothing counts that explains little."""
    uncovered = [tally for tally in tallies if not any(map(tally.is_covered_by, tallies))]
    best = sorted(uncovered, key=lambda tally: tally.rank)
    if best and best[0].settles(failing):
        best = [tally for tally in best if 2 * tally.explained >= best[0].explained]
    return best


def _sample(failing: Sequence[Question]) -> list[Question]:
    """Choose failing cases, as different in kind and options as there are."""
    first: dict[tuple[str, tuple[str, ...]], Question] = {}
    for question in failing:
        first.setdefault((question.case.kind, question.case.options), question)
    others = [question for question in failing if question not in first.values()]
    return [*first.values(), *others][:SAMPLE]


def _finalists(tallies: Sequence[Tally], sample: Sequence[Question]) -> list[Tally]:
    """Choose the candidates that resemble the failing answers most.

    Whoever is to explain everything resembles the first answer: the next ones are put to those
    that do, and to all the others only where none of those will do.
    """
    near: list[Tally] = []
    for question in sample:
        alike = [tally for tally in near if _resembles(tally, question)]
        if not alike:
            others = (tally for tally in tallies if tally not in near)
            near += [tally for tally in others if _resembles(tally, question)]
    best = sorted(near, key=lambda tally: -tally.likeness)[:FINALISTS]
    return [tally for tally in tallies if tally in best]


def _resembles(tally: Tally, question: Question) -> bool:
    candidate = tally.candidate
    part = likeness(candidate, question)
    if part < ALIKE:
        return False
    if candidate.arithmetic is AS_DECLARED and not differs(candidate, tally.declared, question):
        return False
    tally.likeness += part
    tally.resembled.append(question)
    return True
