"""What each framework's function starts from."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.rule import Rule

from ..blocks import Block, Paragraph, Table
from ..words import code


def part(rule: Rule, _: str) -> Iterator[Block]:
    """Tabulate defaults: functions by the symbols and attributes that some of them set."""
    if not rule.defaults:
        yield Paragraph("No framework's function has defaults for it.")
        return
    known = (*(symbol.name for symbol in rule.symbols()), *rule.attributes)
    used = [name for name in known if any(name in values for values in rule.defaults.values())]
    yield Paragraph("As typed in each source. Blank: the caller has to say, or cannot.")
    rows = tuple(
        (code(function), *(code(values[name]) if name in values else "" for name in used))
        for function, values in rule.defaults.items()
    )
    yield Table(("function", *map(code, used)), rows)
