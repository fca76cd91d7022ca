"""The claims about a rule, in Markdown, with their status and the steps of their proofs."""

from collections.abc import Iterator

from markup import DISPLAY, formula, sentence

from goldenrule.spec.claim import Claim, claims_for
from goldenrule.spec.latex import tex
from goldenrule.spec.proofs.fact import Fact
from goldenrule.spec.rule import Rule

LONGEST = 2000
"""A formula of more characters is not shown."""


def claims(rule: Rule) -> Iterator[str]:
    """State the claims with their status and the steps of their proofs."""
    yield "## Claims\n"
    yield "Each status is what checking the proof by machine has shown."
    for claim in claims_for(rule.name):
        yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[str]:
    """State a claim; a refuted one, then the truth."""
    claim.check()
    yield f"\n### {claim.number}. {claim.name.replace('-', ' ').capitalize()}"
    labels = (claim.status.capitalize(), "In truth")
    for label, (statement, facts) in zip(labels, claim.parts(), strict=False):
        shown = "Counterexample" if label == "Refuted" else "Proof"
        yield f"\n**{label}.** {sentence(statement)}\n"
        yield f'<details markdown="1"><summary>{shown}</summary>\n'
        yield from (f"1. {_fact(fact)}" for fact in facts)
        yield "\n</details>"


def _fact(fact: Fact) -> str:
    """Write one line of a proof: in words, then its relations, where a page can hold them."""
    shown = ", ".join(formula(DISPLAY + r.latex()) for r in fact.relations())
    given = [c for c in fact.conditions() if tex(c.lhs) != tex(c.rhs)]
    where = " where " * bool(given) + " and ".join(formula(c.latex()) for c in given)
    return sentence(fact.why) + (f":<br>{shown}{where}" if len(shown) < LONGEST else "")
