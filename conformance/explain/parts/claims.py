"""Claims about a rule: what is said, how far a machine has shown it, and the steps that show it."""

from __future__ import annotations

from collections.abc import Iterator

from goldenrule.spec.claim import Claim, Refuted, claims_for
from goldenrule.spec.latex import tex
from goldenrule.spec.proofs.fact import Fact
from goldenrule.spec.rule import Rule

from ..blocks import Block, Folded, Heading, Items, Line, Math, Paragraph
from ..formulas import relation

LONGEST = 2000
"""A formula of more characters of LaTeX is not shown."""


def claims(rule: Rule, argument: str, checked: bool) -> Iterator[Block]:
    """State the claims named, with their proofs folded."""
    for name in argument.split():
        yield from _claim(_named(rule, name), checked, folded=True)


def proof(rule: Rule, argument: str, checked: bool) -> Iterator[Block]:
    """State one claim, with its proof unfolded."""
    yield from _claim(_named(rule, argument), checked, folded=False)


def _named(rule: Rule, name: str) -> Claim:
    """Find a claim; raise ValueError, with the names there are, when there is none."""
    found = {claim.name: claim for claim in claims_for(rule.name)}
    if name not in found:
        raise ValueError(f"{rule.name}: no claim {name!r}; claims: {', '.join(found)}")
    return found[name]


def _claim(claim: Claim, checked: bool, folded: bool) -> Iterator[Block]:
    """State a claim with its status; a refuted one, then the truth."""
    title = _sentence(claim.name.replace("-", " "))
    yield Heading(3, f"{claim.number}. {title}", f"claim-{claim.name}")
    if checked:
        claim.check()
    false = isinstance(claim, Refuted)
    said = "Refuted" if false else "Claim"
    labels = (_sentence(claim.status) if checked else said, "In truth")
    for label, (statement, facts) in zip(labels, claim.parts(), strict=False):
        shown = "Counterexample" if false and label != "In truth" else "Proof"
        yield Paragraph((f"**{label}.** ", statement))
        lines = Items(tuple(map(_fact, facts)), numbered=True)
        yield Folded(shown, (lines,)) if folded else lines


def _sentence(words: str) -> str:
    """Begin with a capital letter."""
    return words[:1].upper() + words[1:]


def _fact(fact: Fact) -> Line:
    """Write one line of a proof: in words, then its relations, where a page can hold them."""
    pieces: list[str | Math] = []
    for words, stated in fact.lines():
        formulas = [relation(found, display=True) for found in stated]
        if not formulas or sum(len(formula.latex) for formula in formulas) > LONGEST:
            return (fact.why,)
        pieces.append(("\n" if pieces else "") + f"{words}:")
        pieces += [piece for formula in formulas for piece in ("\n", formula)]
    return (*pieces, *_given(fact))


def _given(fact: Fact) -> Iterator[str | Math]:
    """Write what is put in, but for names that stand for themselves."""
    formulas = [
        relation(condition, display=True)
        for condition in fact.conditions()
        if tex(condition.lhs) != tex(condition.rhs)
    ]
    for place, formula in enumerate(formulas):
        yield " and " if place else " where "
        yield formula
