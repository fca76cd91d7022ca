"""`goldenrule explain`: a rule as a page of text for the terminal, 100 columns wide."""

import re
from collections.abc import Iterable, Iterator

from goldenrule.spec import text
from goldenrule.spec.catalogue import find
from goldenrule.spec.claim import Claim, claims_for
from goldenrule.spec.rule import Dialect, Option, Rule, Step
from goldenrule.spec.symbols import MEANING
from goldenrule.spec.tensors.layer import Layer
from goldenrule.spec.tensors.symbols import ATTRIBUTES

from .paragraphs import WIDTH, table, wrapped

LONGEST = 500
"""A formula of more characters is not shown."""
STATEMENT, FORMULA = 2, 6
"""How far a claim's lines are indented."""
MARKS = {"added": "+", "replaced": "~", "dropped": "-"}


def explain(name: str, proofs: bool = False) -> str:
    """Describe a rule: what it does, its equations, dialects, options, defaults and claims.

    With proofs, the claims are checked and each is shown with its status and the steps of its
    proof.

    Raises ValueError, with the nearest names, when there is no such rule.
    """
    rule = find(name)
    first, *others = rule.dialects
    lines = [f"{rule.name}: {rule.title}", *wrapped(rule.summary), ""]
    for paragraph in rule.domains.split("\n\n"):
        lines += [*wrapped(paragraph), ""]
    lines += ["SYMBOLS", *_symbols(rule), ""]
    lines += [*_heading(first), *_equations((" ", step) for step in first.steps)]
    lines += [*_options(first, first), *_backward(first, first), ""]
    if others:
        lines += [
            f"The others, beside {first.name}: + new step, ~ changed step, - step left out",
            "",
        ]
    for dialect in others:
        changes = ((MARKS[change], step) for change, step in dialect.changes(first))
        lines += [*_heading(dialect), *_equations(changes), *_options(dialect, first)]
        lines += [*_backward(dialect, first), ""]
    if rule.defaults:
        lines += ["DEFAULTS", *_defaults(rule), ""]
    lines += ["CLAIMS"]
    if not proofs:
        lines += [f"  To check them and read their proofs: goldenrule explain {name} --proofs", ""]
    for claim in claims_for(rule.name):
        lines += [*_claim(claim, proofs), ""]
    if rule.see_also:
        lines += [f"See also {', '.join(rule.see_also)}", ""]
    return "\n".join(lines)


def _heading(dialect: Dialect) -> Iterator[str]:
    """Name a dialect, say what it is, where it is from, who computes it and what comes out."""
    yield f"DIALECT {dialect.name}"
    yield from wrapped(dialect.summary, "  ")
    yield from wrapped(f"Source: {dialect.source}", "  ")
    if dialect.used_by:
        yield from wrapped(f"Computed by {', '.join(dialect.used_by)}", "  ")
    if isinstance(dialect, Layer):
        yield from wrapped(" ".join(dialect.layout.words()), "  ")
        if dialect.attributes:
            yield f"  Attributes: {', '.join(dialect.attributes)}"
    yield f"  Returns {', '.join(dialect.outputs())}"


def _equations(steps: Iterable[tuple[str, Step]], indent: str = "    ") -> list[str]:
    """Write marked steps, their names and targets aligned."""
    rows = []
    for mark, step in steps:
        target, value = ("", "") if mark == "-" else text.equation(step)
        rows.append((f"{mark} {step.name}", target, value and f"← {value}"))
    return table(rows, indent)


def _backward(dialect: Dialect, first: Dialect) -> Iterator[str]:
    """Write the backward pass of a layer, or what an option adds to it."""
    if not isinstance(dialect, Layer):
        return
    everything = [option.name for option in dialect.options]
    steps = dialect.backward_with(everything)
    if dialect is not first and isinstance(first, Layer) and dialect.backward == first.backward:
        yield f"  Backward as in {first.name}"
        return
    given = ", ".join(symbol.name for symbol in dialect.taken_backward(everything))
    yield f"  Backward, given {given}; returns {', '.join(dialect.gradients(everything))}"
    yield from _equations((" ", step) for step in steps)


def _options(dialect: Dialect, first: Dialect) -> Iterator[str]:
    """Write the options, those of the first dialect by name only."""
    known = {option.name: option for option in first.options} if dialect is not first else {}
    same = [option.name for option in dialect.options if known.get(option.name) == option]
    for option in dialect.options:
        if option.name not in same:
            yield from _option(option, dialect)
    if same:
        yield f"  Options as in {first.name}: {', '.join(same)}"
    if missing := [name for name in known if name not in {o.name for o in dialect.options}]:
        yield f"  Without option {', '.join(missing)}"


def _option(option: Option, dialect: Dialect) -> Iterator[str]:
    """Write one option: the symbols that switch it on, why, and the steps it changes."""
    given = ", ".join(text.name(symbol) for symbol in option.symbols)
    yield from wrapped(f"Option {option.name} (given {given}): {option.note}", "  ")
    names = {step.name for step in dialect.steps}
    steps = [("~" if step.name in names else "+", step) for step in option.steps]
    steps += [("-", step) for step in dialect.steps if step.name in option.drop]
    yield from _equations(steps)


def _symbols(rule: Rule) -> list[str]:
    """List the symbols with their meaning and domain; of layers, attributes and others, too."""
    rows = [(text.name(s), s.name, MEANING[s], text.domain(s)) for s in rule.symbols()]
    layers = [dialect for dialect in rule.dialects if isinstance(dialect, Layer)]
    others = dict.fromkeys(s for layer in layers for s in layer.mentioned())
    names = {s.name: text.name(s) for s in others}
    attributes = dict.fromkeys(name for layer in layers for name in layer.attributes)
    rows += [(names.get(name, ""), name, ATTRIBUTES[name], "integer") for name in attributes]
    rows += [(text.name(s), "", MEANING[s], "") for s in others if s.name not in attributes]
    return table(rows, "  ")


def _defaults(rule: Rule) -> list[str]:
    """Tabulate what each framework's function starts from."""
    known = (*(s.name for s in rule.symbols()), *rule.attributes)
    names = [name for name in known if any(name in d for d in rule.defaults.values())]
    rows = [("", *names)]
    rows += [(who, *(d.get(name, "") for name in names)) for who, d in rule.defaults.items()]
    return table(rows, "  ")


def _claim(claim: Claim, proofs: bool) -> Iterator[str]:
    """Write a claim, each line of it broken where it is too long, formulas at their signs."""
    for line in claim.lines(proofs):
        shown = line.lstrip()
        depth = len(line) - len(shown)
        indent = " " * (2 + depth)
        if depth == FORMULA and len(shown) > LONGEST:
            yield f"{indent}(a formula of {len(shown)} characters)"
        elif depth == FORMULA and len(indent + shown) > WIDTH:
            first, *others = _sides(shown)
            yield from wrapped(first, indent, f"{indent}    ")
            for side in others:
                yield from wrapped(side, f"{indent}  ", f"{indent}    ")
        else:
            yield from wrapped(shown, indent, f"{indent}  " if depth > STATEMENT else indent)


def _sides(formula: str) -> list[str]:
    """Split a formula before its sign, unless that is in parentheses, and before conditions."""
    stated, where, conditions = formula.partition("   where ")
    for found in re.finditer(r" (?=[=≠<≤>≥→] )", stated):
        left = stated[: found.start()]
        if left.count("(") == left.count(")"):
            parts = [left, stated[found.end() :]]
            break
    else:
        parts = [stated]
    return [*parts, f"where {conditions}"] if where else parts
