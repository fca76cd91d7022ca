"""The page of a family of rules, in Markdown: the rules, and what all of them share."""

from collections.abc import Iterator

from markup import code, table
from rule_page import block

from goldenrule.spec.catalogue import rules
from goldenrule.spec.claim import claims_for
from goldenrule.spec.normalize import AFFINE, BACKWARD, FORWARD
from goldenrule.spec.rule import Rule
from goldenrule.spec.steps import amended
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.partition import Partition


def page(family: str) -> str:
    """Write the whole page."""
    found = [rule for name, rule in rules().items() if name.startswith(f"{family}/")]
    rows = [
        (
            f"[{rule.title}]({rule.name}.md)",
            rule.summary,
            ", ".join(code(dialect.name) for dialect in rule.dialects),
            str(len(claims_for(rule.name))),
        )
        for rule in found
    ]
    lines = [
        "<!-- Written by docs/make.py from spec/; do not edit. -->",
        f"# {family.capitalize()}",
        "",
        *table(("rule", "what it does", "dialects", "claims"), rows),
        *_shared(found),
    ]
    return "\n".join((*lines, ""))


def _shared(found: list[Rule]) -> Iterator[str]:
    """Show the one notion of all normalizations: a partition, and the equations of a group."""
    dialects: dict[tuple[str, str, str], list[str]] = {}
    for rule in found:
        for dialect in rule.dialects:
            if isinstance(dialect, Layer) and isinstance(layout := dialect.layout, Partition):
                row = f"[{rule.title}]({rule.name}.md)", layout.grouped, layout.shared
                dialects.setdefault(row, []).append(code(dialect.name))
    if not dialects:
        return
    yield "\n## One notion: normalize over a partition\n"
    yield "Each of them splits the elements of x into groups, and normalizes every group by itself."
    yield "What a group is, and which elements share a scale and a shift, tells them apart:\n"
    rows = ((rule, ", ".join(names), *words) for (rule, *words), names in dialects.items())
    yield from table(("rule", "dialects", "a group is", "scale and shift"), rows)
    yield "\nThe equations are those of one group of $`n`$ elements, numbered by $`i`$; $`m`$"
    yield "elements, numbered by $`j`$, share a scale and a shift. What a rule changes stands"
    yield "on its page.\n"
    yield from block(amended(AFFINE.name, FORWARD, AFFINE.steps))
    yield "\nBackward, from the gradient $`dy`$ with respect to $`y`$:\n"
    last = BACKWARD[-1].name
    yield from block(amended(AFFINE.name, BACKWARD, AFFINE.backward, after=last))
