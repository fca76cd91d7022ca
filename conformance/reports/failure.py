"""A case that went wrong, in words: one line for machines, several for people."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from ..files.vector_file import VectorFile
from ..harness.judge import Failure
from ..harness.results import CaseResult


def describe(result: CaseResult) -> str:
    """Say in one line what is wrong with a case."""
    failure = result.failure
    if failure is None or result.reason:
        return result.reason
    text = _where(failure)
    if failure.got:
        text += f": got {failure.got}, exact {failure.exact}, accepted {failure.accepted}"
    return text


def details(result: CaseResult, file: VectorFile | None) -> Iterator[tuple[str, str]]:
    """Yield named facts about a case: which, where, the numbers, the mistakes it was made for.

    The mistakes are named where a number is wrong; they account for no exception or shape.
    """
    case, failure = result.case, result.failure
    yield "case", case.id + (f"  ({case.comment})" if case.comment else "")
    if result.reason:
        yield "reason", result.reason
    if failure is None:
        return
    yield "where", _where(failure)
    if not failure.got:
        return
    yield "got", failure.got
    yield "exact", failure.exact
    yield "accepted", failure.accepted
    if failure.ulp is not None and failure.fraction is not None:
        yield "error", f"{figure(failure.ulp)} ulp, {figure(failure.fraction)} times the bound"
    flags = file.flags if file else {}
    for name in case.flags:
        if flag := flags.get(name):
            yield "catches", " ".join((f"{name}: {flag.note}", *flag.links))


def figure(value: float) -> str:
    """Write a measured error.

    >>> figure(0.876), figure(1234.5), figure(float("inf"))
    ('0.88', '1.2e+03', 'inf')
    """
    if not isfinite(value):
        return "inf"
    return f"{value:.2f}" if value < 1000 else f"{value:.1e}"


def _where(failure: Failure) -> str:
    element = f"[{', '.join(map(str, failure.element))}]" if failure.element else ""
    return f"step {failure.step}, {failure.output}{element}: {failure.message}"
