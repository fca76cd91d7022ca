"""Wrong rules that are right after all: proved equal to what they were made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from goldenrule.reference import catalogue
from goldenrule.spec.catalogue import find

from ..mistakes.mistake import as_asked
from ..proofs.statement import Obligation, ProofError, applies
from ..prove import prove_equal
from .agreement import agrees
from .record import Record
from .subjects import Subject

PROVED = "proved equal"


def explained(records: Iterable[Record], wrong: Mapping[str, Subject]) -> Iterator[Record]:
    """Try to prove equal what looks right; a proof holds for all profiles.

    One that is proved equal is no mistake even where it is killed: it is another arrangement of the
    arithmetic, whose rounding the profile does not admit.
    """
    records = list(records)
    looking = {_subject(record) for record in records if _looks_right(record)}
    proofs = {name: is_proved_equal(wrong[name]) for name in sorted(looking & wrong.keys())}
    for record in records:
        proved = proofs.get(_subject(record), False)
        yield replace(record, equivalent=PROVED if proved else record.equivalent)


def _looks_right(record: Record) -> bool:
    """Whether a wrong rule survives, or is accepted in float64 by a tolerance of 1e-7."""
    return not record.is_killed or (record.profile == "float64" and not record.killed["torch"])


def is_proved_equal(subject: Subject) -> bool:
    """Whether a wrong rule is shown to equal its dialect: for all t, options and values.

    Layers are compared for the shapes of their proofs, convolutions for others beforehand.
    """
    if subject.restate is not as_asked or not agrees(subject):
        return False
    dialect = find(subject.rule).dialect(subject.dialect)
    right = catalogue.forms(subject.rule, subject.kind)[subject.dialect][0]
    try:
        for options in dialect.option_sets():
            who, other = (
                Obligation(subject.rule, dialect, function, options, subject.kind)
                for function in (subject.function, right)
            )
            if applies(other):
                prove_equal(who, other)
    except ProofError:
        return False
    return True


def _subject(record: Record) -> str:
    return record.id.rpartition("/")[0]
