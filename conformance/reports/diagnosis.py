"""What explains a deviation, in words, or the smallest failing case where nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..harness.explanation import Explanation, Kind
from ..harness.results import EntryResult
from .smallest import smallest

LINKS = 2
"""So many places are named where others made the same mistake."""

_NAMED = {
    Kind.DIALECT: "this is dialect {}",
    Kind.RULE: "this is {}",
    Kind.ARITHMETIC: "arithmetic {}",
    Kind.MISTAKE: "known mistake {}",
    Kind.MUTANT: "mutant {}",
}
_NOTHING = "no known dialect, form, arithmetic, mistake or mutant accounts for this"
_WHOLE = "a tensor of another type or shape comes back in every failing case: see what is got"


def diagnosis(entries: Sequence[EntryResult], explanations: int) -> Iterator[tuple[str, str]]:
    """Yield what explains the deviation of a dialect in some profiles, as named lines."""
    entry = entries[0]
    for label, explanation in zip(
        ("diagnosis", *["or"] * explanations), entry.explanations[:explanations], strict=False
    ):
        yield label, sentence(explanation)
        for link in explanation.links[: LINKS if label == "diagnosis" else 0]:
            yield "seen in", link
    if entry.diagnosed and not entry.explanations:
        if all(case.is_wrong_as_a_whole for entry in entries for case in entry.wrong):
            yield "diagnosis", _WHOLE
        else:
            yield "diagnosis", _NOTHING
            yield from smallest(entries)


def sentence(explanation: Explanation) -> str:
    """Say in a line how far an explanation goes, what it is and how it is called.

    >>> sentence(Explanation("t-stuck", "t is 1", 2, 1, 4, 1))
    'explains 2 of 4 failing cases (1 contradicted, 1 undecided): t is 1 (known mistake t-stuck)'
    """
    explained, failing = explanation.cases_explained, explanation.cases_failing
    if failing == 1:
        part = "the failing case"
    elif explained == failing:
        part = f"all {failing} failing cases"
    else:
        part = f"{explained} of {failing} failing cases"
    against = f"{explanation.cases_contradicted} contradicted"
    if explanation.cases_unjudged:
        against += f", {explanation.cases_unjudged} undecided"
    named = _NAMED[explanation.kind].format(explanation.name)
    return f"explains {part} ({against}): {explanation.sentence} ({named})"
