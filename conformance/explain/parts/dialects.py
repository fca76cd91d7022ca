"""The dialects of a rule side by side: who computes each, and what each changes."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.rule import Dialect, Rule
from goldenrule.spec.steps import Step

from ..blocks import Block, Line, Math, Paragraph, Table
from ..formulas import assigned, code, escaped, source


def dialects(rule: Rule, _: str) -> Iterator[Block]:
    """Tabulate every dialect with its sentence, its source and the functions that compute it."""
    rows = tuple(
        (
            f"[`{d.name}`](#dialect-{d.name})",
            escaped(d.summary),
            source(d.source),
            "\n".join(_user(d, function) for function in d.used_by),
        )
        for d in rule.dialects
    )
    yield Table(("dialect", "what it does", "source", "computed by"), rows)


def _user(dialect: Dialect, function: str) -> str:
    """Name a function that computes a dialect, and since which release it does."""
    since = dialect.since.get(function)
    return code(function) + (f" since {since}" if since else "")


def differences(rule: Rule, _: str) -> Iterator[Block]:
    """Tabulate steps by dialects: what the first does, and what each other changes."""
    first, *others = rule.dialects
    if not others:
        yield Paragraph("There is one dialect.")
        return
    changed = {
        dialect.name: {step.name: (change, step) for change, step in dialect.changes(first)}
        for dialect in others
    }
    changing = [d for d in others if changed[d.name]]
    steps = {step.name: step for step in first.steps}
    steps |= {step.name: step for d in changing for step in d.steps if step.name not in steps}
    rows: list[tuple[Line, ...]] = []
    for name, step in steps.items():
        own = (_value(step),) if step in first.steps else "-"
        cells = [_change(changed[d.name].get(name)) for d in changing]
        if any(cells):
            rows.append((code(name), own, *cells))
    if rows:
        yield Paragraph(f"Blank: as in `{first.name}`; a dash: no such step.")
        yield Table(("step", *(code(d.name) for d in (first, *changing))), tuple(rows))
    if same := [code(d.name) for d in others if not changed[d.name]]:
        yield Paragraph(
            f"The forward steps of {', '.join(same)} are those of `{first.name}`: what differs is "
            "told with the equations."
        )


def _value(step: Step) -> Math:
    """Write a step on one line."""
    target, value = assigned(step)
    latex = rf"{target.latex} \leftarrow {value.latex}"
    return Math(latex, f"{target.text} ← {value.text}", display=True)


def _change(found: tuple[str, Step] | None) -> Line:
    """Write what a dialect makes of a step of the first."""
    if found is None:
        return ""
    change, step = found
    return "-" if change == "dropped" else (_value(step),)
