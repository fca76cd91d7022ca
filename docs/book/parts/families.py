"""The parts `{{ rules }}` and `{{ partitions }}`: a family's rules, and what they share."""

from __future__ import annotations

from goldenrule.conformance.explain.blocks import Block, Equations, Line, Paragraph, Table
from goldenrule.conformance.explain.formulas import equation
from goldenrule.conformance.explain.markdown import markdown
from goldenrule.conformance.explain.numbering import numbered
from goldenrule.conformance.explain.words import code, linked
from goldenrule.spec.catalogue import rules
from goldenrule.spec.claim import claims_for
from goldenrule.spec.normalize import AFFINE, BACKWARD, FORWARD
from goldenrule.spec.steps import amended
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.partition import Partition

from .arguments import family


def rules_of(argument: str) -> str:
    """Tabulate the rules of a family, linked to their pages; of all families without one."""
    begin = family(argument) if argument else ""
    rows: list[tuple[Line, ...]] = [
        (
            linked(rule),
            rule.summary,
            ", ".join(code(dialect.name) for dialect in rule.dialects),
            str(len(claims_for(name))),
        )
        for name, rule in rules().items()
        if name.startswith(begin)
    ]
    return markdown([Table(("rule", "what it does", "dialects", "claims"), tuple(rows))])


def partitions(_: str) -> str:
    """Show the one notion of all normalizations: a partition, and the equations of a group."""
    dialects: dict[tuple[str, str, str], list[str]] = {}
    for rule in rules().values():
        for dialect in rule.dialects:
            if isinstance(dialect, Layer) and isinstance(layout := dialect.layout, Partition):
                row = linked(rule), layout.grouped, layout.shared
                dialects.setdefault(row, []).append(code(dialect.name))
    rows = tuple((rule, ", ".join(names), *words) for (rule, *words), names in dialects.items())
    forward = amended(AFFINE.name, FORWARD, AFFINE.steps)
    backward = amended(AFFINE.name, BACKWARD, AFFINE.backward, after=BACKWARD[-1].name)
    blocks: list[Block] = [
        Table(("rule", "dialects", "a group is", "scale and shift"), rows),
        Paragraph(
            "The equations are those of one group of $n$ elements, numbered by $i$; $m$ elements, "
            "numbered by $j$, share a scale and a shift. What a rule changes stands on its page."
        ),
        Equations(tuple(equation(step, f"group-{step.name}") for step in forward)),
        Paragraph("Backward, from the gradient $dy$ with respect to $y$:"),
        Equations(tuple(equation(step, f"group-backward-{step.name}") for step in backward)),
    ]
    return markdown(numbered(blocks))
