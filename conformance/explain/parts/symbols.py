"""The symbols of a rule: what each is called, what it means, what it ranges over."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.rule import Rule
from goldenrule.spec.symbols import MEANING
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.symbols import ATTRIBUTES

from ..blocks import Block, Line, Paragraph, Table
from ..formulas import domain, symbol
from ..words import code, escaped


def part(rule: Rule, _: str) -> Iterator[Block]:
    """Say shapes and domains in words, then list the symbols; of layers, what steps set, too."""
    for paragraph in rule.domains.split("\n\n"):
        yield Paragraph(escaped(" ".join(paragraph.split())))
    layers = [dialect for dialect in rule.dialects if isinstance(dialect, Layer)]
    inside = {str(found): found for layer in layers for found in layer.mentioned()}
    rows: list[tuple[Line, ...]] = [
        ((symbol(s),), code(str(s)), MEANING[s], domain(s)) for s in rule.symbols()
    ]
    for name in rule.attributes:
        written = (symbol(inside[name]),) if name in inside else ""
        rows.append((written, code(name), ATTRIBUTES[name], "integer"))
    yield Table(("symbol", "name", "meaning", "domain"), tuple(rows))
    if others := [found for name, found in inside.items() if name not in rule.attributes]:
        yield Paragraph("Inside the equations:")
        yield Table(("symbol", "meaning"), tuple(((symbol(s),), MEANING[s]) for s in others))
