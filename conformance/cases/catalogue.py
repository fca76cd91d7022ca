"""Find the cases of a rule by its name."""

from __future__ import annotations

from importlib import import_module

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function
from goldenrule.reference.run import applies

from .case import Case
from .synthesised import synthesised


def cases(rule: str) -> tuple[Case, ...]:
    """Every case of a rule, for all its dialects, those that a search found last.

    Raises ModuleNotFoundError for an unknown rule.
    """
    by_people = import_module("." + rule.replace("/", "."), package=__package__).CASES
    return (*by_people, *synthesised(rule))


def cases_of(rule: str, dialect: str) -> tuple[Case, ...]:
    """The cases put to one dialect: those meant for it that give what it takes."""
    return tuple(
        case
        for case in cases(rule)
        if dialect in (case.dialects or (dialect,))
        and any(applies(form, case.problem) for form in _forms(rule, dialect, case)[:1])
    )


def forms_for(rule: str, dialect: str, case: Case) -> tuple[Function, ...]:
    """The functions that take what a case gives, of a dialect, the canonical one first."""
    return tuple(f for f in _forms(rule, dialect, case) if applies(f, case.problem))


def _forms(rule: str, dialect: str, case: Case) -> tuple[Function, ...]:
    return catalogue.forms(rule, case.kind).get(dialect, ())
