"""The page of a rule, in Markdown, from its specification, claims and vectors."""

from collections.abc import Iterable, Iterator

from claim_section import claims
from markup import DISPLAY, code, formula, prose, source, table
from sympy import Expr, Symbol
from vector_section import flags, vectors

from goldenrule.conformance.files.discovery import PACKAGED_VECTORS, Location
from goldenrule.conformance.files.vector_file import load
from goldenrule.spec.catalogue import find
from goldenrule.spec.dialect import Dialect
from goldenrule.spec.latex import equation, tex
from goldenrule.spec.rule import Rule
from goldenrule.spec.steps import Step
from goldenrule.spec.symbols import MEANING
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.symbols import ATTRIBUTES
from goldenrule.spec.text import domain, name

HIGHLIGHT = "teal"
"""The colour of the steps that an option or a dialect adds or replaces."""
CHANGES = {"added": "new", "replaced": "changed", "dropped": "left out"}


def page(rule: Rule) -> str:
    """Write the whole page."""
    files = {d.name: load(Location(PACKAGED_VECTORS, rule.name, d.name)) for d in rule.dialects}
    sections = (
        _introduction(rule),
        _dialects(rule),
        _equations(rule),
        _defaults(rule),
        claims(rule),
        vectors(rule, files),
        flags(files),
        _see_also(rule),
    )
    return "\n".join(line for section in sections for line in (*section, ""))


def _introduction(rule: Rule) -> Iterator[str]:
    """Say what the rule does, with shapes and domains, and list the symbols."""
    yield f"<!-- Written by docs/make.py from spec/{rule.name}.py and the vectors; do not edit. -->"
    yield f"# {rule.title}\n"
    yield f"{rule.summary}\n"
    yield prose(rule.domains)
    yield "\n## Symbols\n"
    inside = _inside(rule)
    written = {name: formula(tex(symbol)) for name, symbol in inside.items()}
    rows = [(formula(tex(s)), code(str(s)), MEANING[s], _domain(s)) for s in rule.symbols()]
    rows += [(written.get(a, ""), code(a), ATTRIBUTES[a], "integer") for a in rule.attributes]
    yield from table(("symbol", "name", "meaning", "domain"), rows)
    if others := [name for name in inside if name not in rule.attributes]:
        yield "\nInside the equations:\n"
        rows = [(written[name], MEANING[inside[name]]) for name in others]
        yield from table(("symbol", "meaning"), rows)


def _inside(rule: Rule) -> dict[str, Expr]:
    """Give the symbols of a layer's equations that nobody gives: sizes, and what steps set."""
    layers = (dialect for dialect in rule.dialects if isinstance(dialect, Layer))
    return {str(symbol): symbol for layer in layers for symbol in layer.mentioned()}


def _domain(symbol: Symbol) -> str:
    """Write what a symbol ranges over; formulas know the signs of plain text."""
    plain = domain(symbol)
    return plain and formula(plain.replace(name(symbol), tex(symbol)))


def _dialects(rule: Rule) -> Iterator[str]:
    """Tabulate the dialects: what changes, where it is written, who computes it."""
    first, *others = rule.dialects
    yield "## Dialects\n"
    if others:
        yield f"What each changes is told beside `{first.name}`.\n"
    rows = [
        (
            f"[`{d.name}`](#dialect-{d.name})",
            "<br>".join((prose(d.summary), *(() if d is first else _changes(d, first)))),
            source(d.source),
            "<br>".join(map(code, d.used_by)),
        )
        for d in rule.dialects
    ]
    yield from table(("dialect", "what changes", "source", "computed by"), rows)


def _changes(dialect: Dialect, first: Dialect) -> Iterator[str]:
    for change, step in dialect.changes(first):
        shown = ": " + formula(DISPLAY + equation(step).replace("&", ""))
        yield f"{CHANGES[change]} `{step.name}`{'' if change == 'dropped' else shown}"


def _equations(rule: Rule) -> Iterator[str]:
    """Write every dialect's equations, and what its options make of them."""
    first = rule.dialects[0]
    yield "## Equations\n"
    yield f"Step by step; in colour what an option changes, or a dialect beside `{first.name}`."
    for dialect in rule.dialects:
        yield f"\n### Dialect `{dialect.name}`\n"
        yield f"{prose(dialect.summary)}\n"
        if isinstance(dialect, Layer):
            yield f"{' '.join(dialect.layout.words())}\n"
        yield from block(dialect.steps, first.steps)
        every = [option.name for option in dialect.options]
        if isinstance(dialect, Layer) and isinstance(first, Layer):
            given = ", ".join(code(str(symbol)) for symbol in dialect.taken_backward(every))
            results = ", ".join(map(code, dialect.gradients(every)))
            yield f"\nBackward, given {given}, with all options; returns {results}:\n"
            yield from block(dialect.backward, first.backward)
        yield from _options(dialect, first)


def _options(dialect: Dialect, first: Dialect) -> Iterator[str]:
    """Write what the options change; those of the first dialect are only named again."""
    same = [o for o in dialect.options if dialect is not first and o in first.options]
    for option in dialect.options:
        if option not in same:
            given = " and ".join(code(str(symbol)) for symbol in option.symbols)
            given += " are" if len(option.symbols) > 1 else " is"
            yield f"\n**Option `{option.name}`**, on where {given} given: {prose(option.note)}."
            yield ""
            yield from block(dialect.steps_with((option.name,)), dialect.steps)
            if isinstance(dialect, Layer) and option.backward:
                yield "\nand backward\n"
                yield from block(dialect.backward_with((option.name,)), dialect.backward)
    if same:
        yield f"\nOptions as in `{first.name}`: {', '.join(code(o.name) for o in same)}."
    names = [option.name for option in dialect.options]
    if missing := [o.name for o in first.options if o.name not in names]:
        yield f"\nWithout option {', '.join(map(code, missing))}."


def block(steps: Iterable[Step], known: Iterable[Step] | None = None) -> Iterator[str]:
    """Write steps as one aligned block with their names; those not known are in colour."""
    plain = steps if known is None else known
    rows = (
        equation(step, None if step in plain else HIGHLIGHT)
        + rf" &\qquad&\text{{\footnotesize {step.name}}}"
        for step in steps
    )
    yield from ("```math", r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}", "```")


def _defaults(rule: Rule) -> Iterator[str]:
    """Tabulate what each framework's function starts from."""
    if not rule.defaults:
        return
    known = (*(symbol.name for symbol in rule.symbols()), *rule.attributes)
    used = [name for name in known if any(name in values for values in rule.defaults.values())]
    yield "## Defaults\n"
    yield "As typed in each source. Blank: the caller has to say, or cannot.\n"
    rows = [
        (code(function), *(values.get(name, "") for name in used))
        for function, values in rule.defaults.items()
    ]
    yield from table(("function", *map(code, used)), rows)


def _see_also(rule: Rule) -> Iterator[str]:
    if rule.see_also:
        links = (f"[{find(other).title}](../{other}.md)" for other in rule.see_also)
        yield f"See also {', '.join(links)}."
