"""Claims about a rule: what is said, how far a machine has shown it, and the steps that show it."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr

from goldenrule.spec.claim import Claim, Refuted, claims_for
from goldenrule.spec.latex import tex
from goldenrule.spec.proofs.fact import Fact
from goldenrule.spec.proofs.relation import Relation
from goldenrule.spec.rule import Rule
from goldenrule.spec.text import text

from ..blocks import Block, Folded, Heading, Items, Line, Math, Paragraph
from ..formulas import relation

LONGEST = 2000
"""Formulas of more characters of LaTeX are not shown,"""
LONGEST_TWICE = 200
"""and of more than these neither where both sides are written alike."""


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
    yield Heading(3, title, f"claim-{claim.name}")
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
        formulas = [line for found in stated if (line := _relation(found))]
        if not formulas or sum(len(line[-1].latex) for line in formulas) > LONGEST:
            return (fact.why,)
        pieces.append(("\n" if pieces else "") + f"{words}:")
        pieces += [piece for formula in formulas for piece in ("\n", *formula)]
    return (*pieces, *_given(fact))


def _relation(stated: Relation) -> tuple[()] | tuple[Math] | tuple[str, Math]:
    """Write a relation; of sides that are written alike, one, unless it is long or a number."""
    left, right = (tex(side, tidy=True) for side in _sides(stated))
    if stated.sign != "=" or left != right:
        return (relation(stated, display=True),)
    if stated.lhs.is_number or len(left) > LONGEST_TWICE:
        return ()
    return "both sides are ", Math(left, text(stated.lhs, tidy=True), display=True)


def _given(fact: Fact) -> Iterator[str | Math]:
    """Write what is put in, but for names that stand for themselves."""
    for place, condition in enumerate(c for c in fact.conditions() if not _is_name(c)):
        yield ", " if place else " where "
        yield relation(condition, display=True)


def _is_name(condition: Relation) -> bool:
    """Tell whether a symbol is given for one that is written like it, but for braces."""
    left, right = (tex(side).replace("{", "").replace("}", "") for side in _sides(condition))
    return left == right


def _sides(stated: Relation) -> tuple[Expr, Expr]:
    return stated.lhs, stated.rhs
