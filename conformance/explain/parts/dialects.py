"""The dialects of a rule side by side: who computes each, and what each changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenrule.spec.rule import Dialect, Rule
from goldenrule.spec.steps import Step
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.partition import Partition

from ..blocks import Block, Line, Math, Paragraph, Table
from ..formulas import assigned
from ..words import code, escaped, source


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
    """Tabulate the steps that dialects change: each equation with the dialects that take it."""
    first, *others = rule.dialects
    if not others:
        yield Paragraph("There is one dialect.")
        return
    changing = [first, *(d for d in others if d.changes(first))]
    rows = [row for name in _changed(changing) for row in _step(name, changing)]
    if rows:
        yield Table(("step", "dialects", "equation"), tuple(rows))
    same = [d for d in others if d not in changing]
    layouts = {d.name: layout for d in (first, *same) if (layout := _layout(d))}
    if len({*layouts.values()}) > 1:
        affine = next(iter(layouts.values()))[2]
        groups = ((code(name), group, shared) for name, (group, shared, _) in layouts.items())
        yield Table(("dialect", "a group is", affine), tuple(groups))
    elif same:
        yield Paragraph(
            f"Without options, the steps of {', '.join(code(d.name) for d in same)} are those of "
            f"`{first.name}`; what an option changes is shown with the equations."
        )


def _changed(dialects: Sequence[Dialect]) -> list[str]:
    """Name the steps that are not the same in all dialects, in order."""
    steps = {step.name: step for dialect in reversed(dialects) for step in dialect.steps}
    names = [step.name for step in dialects[0].steps]
    names += [name for dialect in dialects for name in _names(dialect) if name not in names]
    return [
        name
        for name in dict.fromkeys(names)
        if any(steps[name] not in dialect.steps for dialect in dialects)
    ]


def _names(dialect: Dialect) -> list[str]:
    return [step.name for step in dialect.steps]


def _step(name: str, dialects: Sequence[Dialect]) -> Iterator[tuple[Line, ...]]:
    """Write a row for each equation that a step has, and one for dialects without the step."""
    taken: dict[Step | None, list[str]] = {}
    for dialect in dialects:
        step = next((step for step in dialect.steps if step.name == name), None)
        link = f"[`{dialect.name}`](#{dialect.name}-{name})"
        taken.setdefault(step, []).append(link if step else code(dialect.name))
    for number, (step, names) in enumerate(taken.items()):
        equation = (_value(step),) if step else "no such step"
        yield "" if number else code(name), ", ".join(names), equation


def _value(step: Step) -> Math:
    """Write a step on one line."""
    target, value = assigned(step)
    latex = rf"{target.latex} \leftarrow {value.latex}"
    return Math(latex, f"{target.text} ← {value.text}", display=True)


def _layout(dialect: Dialect) -> tuple[str, str, str] | None:
    """Say of a normalization what is a group, and what has a scale of its own."""
    if isinstance(dialect, Layer) and isinstance(layout := dialect.layout, Partition):
        return escaped(layout.grouped), escaped(layout.shared), layout.affine.lower()
    return None
