"""Candidates: everything an implementation might compute instead of what it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function

from ..mistakes import Mistake, mistakes_of
from .arithmetic import AS_DECLARED, NARROW, Arithmetic, neighbours
from .wording import of_dialect, of_sibling

NO_MISTAKE = Mistake("", "")


@dataclass(frozen=True, eq=False)
class Candidate:
    """The forms of a dialect, what is mistaken about them, and how they are computed.

    The sentence is a function, for the spec to be asked only about what is reported.
    """

    name: str
    sentence: Callable[[], str]
    right_forms: tuple[Function, ...]
    mistake: Mistake = NO_MISTAKE
    arithmetic: Arithmetic = AS_DECLARED

    @cached_property
    def canonical(self) -> Function | None:
        """The first form, mistaken; None if the mistake cannot be made."""
        return next(self._mistaken(), None)

    @cached_property
    def forms(self) -> tuple[Function, ...]:
        """All forms, mistaken."""
        return tuple(self._mistaken())

    def _mistaken(self) -> Iterator[Function]:
        return filter(None, map(self.mistake.transform, self.right_forms))


def candidates(rule: str, dialect: str, kind: str) -> Iterator[Candidate]:
    """Yield what is to be tried first for problems of a kind, the simplest first.

    The order decides between those that explain the same cases: dialects, arithmetics that are no
    less strict, the rule's own mistakes, those of any rule, others of the family, narrower
    arithmetics.
    """
    dialects = catalogue.forms(rule, kind)
    declared = dialects[dialect]
    short = rule.rpartition("/")[2]
    for name, forms in dialects.items():
        if name != dialect:
            yield Candidate(f"{short}/{name}", of_dialect(rule, name), forms)
    for arithmetic in neighbours(rule):
        yield _computed(declared, arithmetic)
    for mistake in mistakes_of(rule):
        yield Candidate(mistake.name, lambda said=mistake.sentence: said, declared, mistake)
    family = rule.partition("/")[0]
    for sibling in catalogue.names():
        if sibling != rule and sibling.startswith(f"{family}/"):
            for name, forms in catalogue.forms(sibling, kind).items():
                title = f"{sibling.rpartition('/')[2]}/{name}"
                yield Candidate(title, of_sibling(sibling, name), forms)
    for arithmetic in NARROW:
        yield _computed(declared, arithmetic)


def further_candidates(rule: str, dialect: str, kind: str) -> Iterator[Candidate]:
    """Yield what is to be tried if nothing else fits: mistakes in the other dialects."""
    for name, forms in catalogue.forms(rule, kind).items():
        if name != dialect:
            title, say = f"{rule.rpartition('/')[2]}/{name}", of_dialect(rule, name)
            for mistake in mistakes_of(rule):
                yield Candidate(
                    f"{title} with {mistake.name}",
                    lambda say=say, said=mistake.sentence: f"{say()}; and {said}",
                    forms,
                    mistake,
                )


def _computed(forms: tuple[Function, ...], arithmetic: Arithmetic) -> Candidate:
    return Candidate(arithmetic.name, lambda: arithmetic.sentence, forms, arithmetic=arithmetic)
