"""Claims: statements about rules whose status a machine finds out.

A claim is *proved* when every fact of its proof is; *proved for sizes 1 to 4*, *counted for L <= 5*
or *tested on n points* when that is how far its facts go; *refuted* when it is a false statement,
its counterexample stands and the true statement put beside it is proved; and *failed* otherwise,
which fails the build.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module

from .catalogue import find, rules
from .proofs.evidence import Fails
from .proofs.fact import ClaimError, Fact
from .steps import require_unique


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement, in English with LaTeX between dollar signs, and its proof.

    Claims with one number are parts of one thing to be shown; the name is a claim's own.
    """

    number: int
    name: str
    statement: str
    proof: tuple[Fact, ...]

    def check(self) -> None:
        """Check the proof, once; raise ClaimError when a fact is not shown."""
        if self.failure:
            raise ClaimError(self.failure)

    @cached_property
    def failure(self) -> str:
        """What is wrong with the proof, or nothing."""
        try:
            if not self.proof:
                raise ClaimError("no proof")
            for _, facts in self.parts():
                for fact in facts:
                    fact.check()
        except ClaimError as error:
            return f"claim {self.number} {self.name}: {error}"
        return ""

    @property
    def status(self) -> str:
        """What checking the proof has shown."""
        return "failed" if self.failure else self._passed()

    def _passed(self) -> str:
        """Say how far the facts go."""
        scopes = dict.fromkeys(fact.scope() for fact in self.proof if fact.scope())
        counted = dict.fromkeys(fact.within() for fact in self.proof if fact.within())
        points = sum(fact.points() for fact in self.proof)
        said = [f"proved {' and '.join(scopes)}"] if scopes else []
        if not (scopes or points) and any(not fact.within() for fact in self.proof):
            said.append("proved")
        if counted:
            said.append(f"counted for {'; '.join(counted)}")
        if points:
            said.append(f"tested on {points} points")
        return ", ".join(said)

    def parts(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """Give each statement with the facts that show it, in the order of reading."""
        return ((self.statement, self.proof),)


@dataclass(frozen=True, eq=False)
class Refuted(Claim):
    """A false statement that is taught, a counterexample to it, and the truth, with its proof."""

    counterexample: Fails
    truth: str

    def parts(self) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
        """Give the false statement with its counterexample, and the truth with its proof."""
        return ((self.statement, (self.counterexample,)), (self.truth, self.proof))

    def _passed(self) -> str:
        return "refuted"


@cache
def claims_for(rule: str) -> tuple[Claim, ...]:
    """Give the claims about a rule, in the order of reading.

    Raises ValueError when there is no such rule, or when two of its claims have one name.
    """
    name = find(rule).name
    module = import_module(f".claims.{name.replace('/', '.')}", __package__)
    claims: tuple[Claim, ...] = module.CLAIMS
    require_unique(name, "claim", (claim.name for claim in claims))
    return claims


def all_claims() -> tuple[Claim, ...]:
    """Give the claims about all rules."""
    return tuple(claim for name in rules() for claim in claims_for(name))
