"""The part `{{ errata }}`: false statements that are taught, what refutes them, and the truth."""

from collections.abc import Iterator

from goldenrule.spec.catalogue import rules
from goldenrule.spec.claim import Refuted, claims_for
from goldenrule.spec.rule import Rule

from .arguments import family

DISPLAY = r"\displaystyle "
"""Sets fractions in full height."""


def errata(argument: str) -> str:
    """Show the refuted claims about the rules of a family, or of all where none is named.

    Raises ValueError where there is no such family.
    """
    begin = family(argument) if argument else ""
    return "\n".join(
        line
        for name, rule in rules().items()
        if name.startswith(begin)
        for claim in claims_for(name)
        if isinstance(claim, Refuted)
        for line in _erratum(rule, claim)
    )


def _erratum(rule: Rule, claim: Refuted) -> Iterator[str]:
    """Show one: checked, so that nothing is called refuted that is not."""
    claim.check()
    proof = f"/{rule.name}.md#claim-{claim.name}"
    yield f"### {rule.title}: {claim.name.replace('-', ' ')}\n"
    yield f"> **Taught:** {claim.statement}\n"
    (shown,) = claim.counterexample.relations()
    yield f"**Counterexample:** {claim.counterexample.why}: ${DISPLAY}{shown.latex()}$.\n"
    yield f"**In truth:** {claim.truth} [The proof]({proof}).\n"
