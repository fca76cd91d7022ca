"""The wrong rules whose detection is measured: mutants, and the mistakes people make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import Problem

from ..mistakes import mistakes_of
from ..mistakes.mistake import as_asked
from ..mutants.catalogue import mutants_of

MISTAKE = "mistake"
"""The operator of what people do, beside those that make mutants."""


@dataclass(frozen=True)
class Subject:
    """A wrong rule: a dialect's canonical function, altered, or a problem that is restated."""

    rule: str
    dialect: str
    kind: str
    name: str
    operator: str
    sentence: str
    function: Function
    restate: Callable[[Problem], Problem] = as_asked
    symbols: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name among all of them."""
        return f"{self.rule}/{self.dialect}/{self.kind}/{self.name}"

    def is_in_share(self, share: int) -> bool:
        """Whether it is one of every so many, chosen by its name alone."""
        return int(sha256(self.id.encode()).hexdigest(), 16) % share == 0


def subjects(rule: str, dialect: str, kind: str) -> Iterator[Subject]:
    """Yield the wrong rules that can be made of the canonical function of a dialect."""
    forms = catalogue.forms(rule, kind).get(dialect)
    if not forms:
        return
    seen: set[str] = set()
    made = ((MISTAKE, mistake) for mistake in mistakes_of(rule))
    mutants = ((mutant.operator, mutant) for mutant in mutants_of(rule, dialect, kind))
    for operator, wrong in (*made, *mutants):
        function = wrong.transform(forms[0])
        if function is not None and wrong.name not in seen:
            seen.add(wrong.name)
            names = wrong.name, operator, wrong.sentence
            symbols = getattr(wrong, "symbols", ())
            yield Subject(rule, dialect, kind, *names, function, wrong.restate, symbols)
