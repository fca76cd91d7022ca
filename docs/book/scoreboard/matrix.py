"""Frameworks beside rules: the worst error over its bound, and which dialects were judged."""

from collections.abc import Iterator

from goldenrule.conformance.explain.words import code
from goldenrule.spec.catalogue import rules
from goldenrule.spec.rule import Rule

from ..parts.tables import figure, page, wide
from .run import FRAMEWORKS, NOT_RUN, Entry, Run, deviate, worst

MANY = 3
"""More dialects than these are counted, not named."""


def matrix(run: Run) -> Iterator[str]:
    """Give a row for every rule and a column for every framework."""
    head = ("rule", *FRAMEWORKS.values(), *NOT_RUN.values())
    rows = [
        (
            page(name),
            *(_cell(rule, run.of(name, framework)) for framework in FRAMEWORKS),
            *(_not_run(rule, framework) for framework in NOT_RUN),
        )
        for name, rule in rules().items()
    ]
    yield from wide(head, rows, "matrix")


def _cell(rule: Rule, entries: list[Entry]) -> str:
    """Say what a framework's declarations of a rule amount to."""
    judged = [entry for entry in entries if entry.judged]
    if not judged:
        return "– {: .absent }"
    dialects = list(dict.fromkeys(entry.dialect for entry in judged))
    deviating = sum(len(entry.deviations) for entry in judged)
    link = f"[{figure(worst(judged))}](#{rule.name.rpartition('/')[2]})"
    told = [link, _named(rule, dialects)]
    if deviating:
        told.append(deviate(deviating, sum(entry.judged for entry in judged)))
    return f"{'<br>'.join(told)} {{: .{verdict(rule, judged)} }}"


def verdict(rule: Rule, judged: list[Entry]) -> str:
    """Name the colour: deviates, conforms, or differs where only other dialects are computed."""
    if any(entry.deviations for entry in judged):
        return "deviates"
    first = rule.dialects[0].name
    return "conforms" if any(entry.dialect == first for entry in judged) else "differs"


def _named(rule: Rule, dialects: list[str]) -> str:
    if len(dialects) > MANY:
        return f"{len(dialects)} of {len(rule.dialects)} dialects"
    return " ".join(map(code, dialects))


def _not_run(rule: Rule, framework: str) -> str:
    """Name the dialects that a framework without a backend computes, as its source says."""
    dialects = [
        dialect.name
        for dialect in rule.dialects
        if any(function.partition(".")[0] == framework for function in dialect.used_by)
    ]
    return f"not run<br>{_named(rule, dialects)} {{: .absent }}" if dialects else "– {: .absent }"
