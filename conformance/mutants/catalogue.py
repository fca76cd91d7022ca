"""Find the mutants of a rule by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function

from ..mistakes.text import pieces
from .change import Change
from .helpers import helpers_of
from .mutant import Mutant
from .operators import ARITHMETIC, PASSED, Operator
from .shapes import keeps_shape
from .text import Text
from .values import Values


def mutants_of(rule: str, dialect: str, kind: str) -> tuple[Mutant, ...]:
    """Every mutant of the canonical form of a dialect, for problems of a kind.

    The kind is `step`, `layer` or `gradient`. Raises ValueError for an unknown rule.

    >>> mutants_of("optimizers/sgd", "l2", "step")[0].name
    'if weight_decay is not None -> never'
    """
    forms = catalogue.forms(rule, kind).get(dialect)
    return _mutants(forms[0], kind) if forms else ()


@cache
def _mutants(form: Function, kind: str) -> tuple[Mutant, ...]:
    found: dict[str, Mutant] = {}
    counts: Counter[str] = Counter()
    for change in _changes(form, kind):
        counts[change.name] += 1
        ordinal = f" ({counts[change.name]})" if counts[change.name] > 1 else ""
        name = change.name + ordinal
        found[name] = Mutant(
            name,
            change.sentence,
            change.operator,
            change.symbols,
            form,
            {change.text.function: change.definition},
        )
    return tuple(found.values())


def _changes(form: Function, kind: str) -> Iterator[Change]:
    """Every change that changes what is computed, and none that computes the same as another."""
    for text, operators in _texts(form, kind):
        values = Values(text.fixed)
        seen = {values.of(text.definition)}
        for operator in operators:
            for change in operator(text):
                value = values.of(change.definition)
                if value not in seen and keeps_shape(change):
                    seen.add(value)
                    yield change


def _texts(form: Function, kind: str) -> Iterator[tuple[Text, Sequence[Operator]]]:
    """What is said by the form itself and by its parts, and by helpers; what slips each invites."""
    own = ARITHMETIC if kind == "gradient" else (*ARITHMETIC, *PASSED)
    for function in pieces(form):
        yield Text(function), own
    yield from helpers_of(form, kind)
