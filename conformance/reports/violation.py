"""A property that an optimizer object lacks, in words: one line, or several."""

from __future__ import annotations

from collections.abc import Iterator

from ..harness.property_results import PropertyResult, Violation


def describe(result: PropertyResult) -> str:
    """Say in one line what is wrong with a property."""
    violation = result.violation
    if violation is None or result.reason:
        return result.reason
    text = _where(violation)
    if violation.got:
        text += f": got {violation.got}, wanted {violation.wanted}"
    return text


def details(result: PropertyResult) -> Iterator[tuple[str, str]]:
    """Yield named facts: what should hold, what was seen, and where."""
    yield "property", result.sentence
    if result.reason:
        yield "reason", result.reason
    violation = result.violation
    if violation is not None:
        yield "where", _where(violation)
        if violation.got:
            yield "got", violation.got
            yield "wanted", violation.wanted
    if len(result.failing) > 1:
        yield "in", ", ".join(result.failing)


def _where(violation: Violation) -> str:
    element = violation.element
    place = [
        violation.implementation,
        f"with {', '.join(violation.options)}" if violation.options else "",
        f"case {violation.case}" if violation.case else "",
        f"step {violation.step}" if violation.step is not None else "",
        violation.what + (f"[{', '.join(map(str, element))}]" if element else ""),
    ]
    return f"{', '.join(filter(None, place))}: {violation.message}"
