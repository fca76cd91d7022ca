"""Candidates: everything an implementation might compute instead of what it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function

from ..harness.explanation import Kind
from ..mistakes import Mistake, mistakes_of
from ..mistakes.dialects import links_of
from .arithmetic import AS_DECLARED, NARROW, Arithmetic, neighbours
from .wording import of_dialect, of_sibling

if TYPE_CHECKING:
    from ..mutants.mutant import Mutant

NO_MISTAKE = Mistake("", "")


@dataclass(frozen=True, eq=False)
class Candidate:
    """The forms of a dialect, what is mistaken about them, and how they are computed.

    The sentence is a function, for the spec to be asked only about what is reported.
    """

    name: str
    kind: Kind
    sentence: Callable[[], str]
    right_forms: tuple[Function, ...]
    mistake: Mistake | Mutant = NO_MISTAKE
    arithmetic: Arithmetic = AS_DECLARED
    links: tuple[str, ...] = ()

    @cached_property
    def canonical(self) -> Function | None:
        """The first form, mistaken; None if the mistake cannot be made."""
        return next(self._mistaken(), None)

    @cached_property
    def forms(self) -> tuple[Function, ...]:
        """All forms, mistaken."""
        return tuple(self._mistaken())

    def _mistaken(self) -> Iterator[Function]:
        wrong = self.mistake
        make = wrong.made_in if isinstance(wrong, Mistake) else wrong.transform
        return filter(None, map(make, self.right_forms))


def candidates(rule: str, dialect: str, kind: str) -> Iterator[Candidate]:
    """Yield what is to be tried first for problems of a kind, the simplest first.

    The order decides between those that explain the same cases: dialects, arithmetics that are no
    less strict, the rule's own mistakes, those of any rule, others of the family, narrower
    arithmetics.
    """
    dialects = catalogue.forms(rule, kind)
    declared = dialects[dialect]
    for name, forms in dialects.items():
        if name != dialect:
            yield _dialect(rule, name, forms)
    for arithmetic in neighbours(rule):
        yield _computed(declared, arithmetic)
    for mistake in mistakes_of(rule):
        yield _with(mistake, declared)
    family = rule.partition("/")[0]
    for sibling in catalogue.names():
        if sibling != rule and sibling.startswith(f"{family}/"):
            for name, forms in catalogue.forms(sibling, kind).items():
                title = f"{sibling.rpartition('/')[2]}/{name}"
                yield Candidate(title, Kind.RULE, of_sibling(sibling, name), forms)
    for arithmetic in NARROW:
        yield _computed(declared, arithmetic)


def mutants(rule: str, dialect: str, kind: str) -> Iterator[Candidate]:
    """Yield the slips that nobody has listed, to be tried if nothing that is listed will do."""
    from ..mutants.catalogue import mutants_of

    declared = catalogue.forms(rule, kind)[dialect]
    for mutant in mutants_of(rule, dialect, kind):
        said = mutant.sentence
        yield Candidate(mutant.name, Kind.MUTANT, lambda said=said: said, declared, mutant)


def further_candidates(rule: str, dialect: str, kind: str) -> Iterator[Candidate]:
    """Yield what is to be tried if nothing else fits: mistakes in the other dialects."""
    for name, forms in catalogue.forms(rule, kind).items():
        if name != dialect:
            title, say = f"{rule.rpartition('/')[2]}/{name}", of_dialect(rule, name)
            for mistake in mistakes_of(rule):
                yield Candidate(
                    f"{title} with {mistake.name}",
                    Kind.MISTAKE,
                    lambda say=say, said=mistake.sentence: f"{say()}; and {said}",
                    forms,
                    mistake,
                    links=mistake.links,
                )


def _dialect(rule: str, name: str, forms: tuple[Function, ...]) -> Candidate:
    title = f"{rule.rpartition('/')[2]}/{name}"
    return Candidate(
        title, Kind.DIALECT, of_dialect(rule, name), forms, links=links_of(f"{rule}/{name}")
    )


def _with(mistake: Mistake, forms: tuple[Function, ...]) -> Candidate:
    said = mistake.sentence
    return Candidate(mistake.name, Kind.MISTAKE, lambda: said, forms, mistake, links=mistake.links)


def _computed(forms: tuple[Function, ...], arithmetic: Arithmetic) -> Candidate:
    said = arithmetic.sentence
    return Candidate(arithmetic.name, Kind.ARITHMETIC, lambda: said, forms, arithmetic=arithmetic)
