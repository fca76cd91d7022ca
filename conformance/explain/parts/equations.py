"""The equations of one dialect: forward, backward, and what its options make of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldenrule.spec.rule import Dialect, Option, Rule
from goldenrule.spec.steps import Step
from goldenrule.spec.tensors.layer import Layer

from ..blocks import Block, Equations, Heading, Paragraph
from ..formulas import equation
from ..words import code, escaped


def part(rule: Rule, argument: str) -> Iterator[Block]:
    """Write a dialect's equations; what it changes beside the first dialect is marked.

    Raises ValueError when there is no such dialect.
    """
    dialect, first = rule.dialect(argument), rule.dialects[0]
    yield Heading(3, f"Dialect `{dialect.name}`", f"dialect-{dialect.name}")
    yield Paragraph(escaped(dialect.summary))
    yield from _layout(dialect, None if dialect is first else first)
    yield Equations(tuple(_compared(dialect.steps, first.steps, f"{dialect.name}-")))
    yield Paragraph(f"Returns {', '.join(map(code, dialect.outputs()))}.")
    yield from _backward(dialect, first)
    yield from _options(dialect, first)


def _layout(dialect: Dialect, first: Dialect | None) -> Iterator[Block]:
    """Say what a layer's equations range over, and its attributes, where the first has others."""
    if not isinstance(dialect, Layer):
        return
    known = first if isinstance(first, Layer) else None
    if known is None or dialect.layout.words() != known.layout.words():
        yield Paragraph(escaped(" ".join(dialect.layout.words())))
    if dialect.attributes and (known is None or dialect.attributes != known.attributes):
        yield Paragraph(f"Attributes: {', '.join(map(code, dialect.attributes))}.")


def _compared(steps: Iterable[Step], known: Iterable[Step], prefix: str) -> Iterator:
    """Write all steps, those marked that differ from what is known, and then what is dropped."""
    before = {step.name: step for step in known}
    here = set()
    for step in steps:
        here.add(step.name)
        same = before.get(step.name) == step
        change = "" if same else "replaced" if step.name in before else "added"
        yield equation(step, prefix + step.name, change)
    for step in before.values():
        if step.name not in here:
            yield equation(step, "", "dropped")


def _backward(dialect: Dialect, first: Dialect) -> Iterator[Block]:
    """Write the backward pass of a layer without options, or say whose it is."""
    if not (isinstance(dialect, Layer) and isinstance(first, Layer)):
        return
    every = [option.name for option in dialect.options]
    given = ", ".join(code(str(symbol)) for symbol in dialect.taken_backward(every))
    results = ", ".join(map(code, dialect.gradients(every)))
    if dialect is not first and dialect.backward == first.backward:
        yield Paragraph(f"Backward as in [`{first.name}`](#{first.name}-backward).")
        return
    yield Heading(4, "Backward", f"{dialect.name}-backward")
    words = f"Given {given}; with all options it returns {results}."
    prefix = f"{dialect.name}-backward-"
    if dialect is first:
        yield Paragraph(words)
        yield Equations(tuple(_compared(dialect.backward, dialect.backward, prefix)))
    else:
        yield Paragraph(f"{words} As in [`{first.name}`](#{first.name}-backward), but for:")
        yield from _changes(dialect.backward, first.backward, prefix)


def _options(dialect: Dialect, first: Dialect) -> Iterator[Block]:
    """Write what the options change; those of the first dialect are only named again."""
    same = [o for o in dialect.options if dialect is not first and o in first.options]
    for option in dialect.options:
        if option not in same:
            yield from _option(option, dialect)
    if same:
        yield Paragraph(f"Options as in `{first.name}`: {', '.join(code(o.name) for o in same)}.")
    names = [option.name for option in dialect.options]
    if missing := [o.name for o in first.options if o.name not in names]:
        yield Paragraph(f"Without option {', '.join(map(code, missing))}.")


def _option(option: Option, dialect: Dialect) -> Iterator[Block]:
    """Write one option: when it is on, why, and the steps that it adds, changes or drops."""
    given = " and ".join(code(str(symbol)) for symbol in option.symbols)
    given += " are given" if len(option.symbols) > 1 else " is given"
    yield Paragraph(
        f"**Option `{option.name}`** (where {given}): {escaped(option.note)}. It changes:"
    )
    prefix = f"{dialect.name}-{option.name}-"
    yield from _changes(dialect.steps_with((option.name,)), dialect.steps, prefix)
    if isinstance(dialect, Layer) and option.backward:
        yield Paragraph("and backward:")
        backward = dialect.backward_with((option.name,))
        yield from _changes(backward, dialect.backward, f"{prefix}backward-")


def _changes(steps: Iterable[Step], known: Iterable[Step], prefix: str) -> Iterator[Block]:
    rows = tuple(row for row in _compared(steps, tuple(known), prefix) if row.change)
    if rows:
        yield Equations(rows)
