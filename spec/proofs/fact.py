"""Facts: the lines of a proof, each checked by machine. Equations and orders that always hold.

`check` returns when a fact is shown and raises ClaimError when it is not: because it is untrue,
because SymPy cannot tell, or because it says nothing, such as a value for a symbol that does not
occur. Whatever is proved is also looked at in a few exact points: that guards against mistakes of
the algebra system, and gives an untrue fact its counterexample.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from itertools import islice

from sympy import Expr, nan, oo, sympify, zoo

from .decide import has_sign, is_zero
from .relation import Point, Relation, sample


class ClaimError(Exception):
    """A fact, or a claim, that is untrue, undecided or empty."""


@dataclass(frozen=True, eq=False)
class Fact(ABC):
    """One line of a proof: `why` says in words what it shows, `given` puts values in."""

    why: str
    given: Point = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        """Let plain numbers be given."""
        given = {symbol: sympify(value) for symbol, value in self.given.items()}
        object.__setattr__(self, "given", given)

    @abstractmethod
    def relations(self) -> tuple[Relation, ...]:
        """Give what is stated, for the reader."""

    def lines(self) -> tuple[tuple[str, tuple[Relation, ...]], ...]:
        """Give what is stated with the words that lead up to it."""
        return ((self.why, self.relations()),)

    @abstractmethod
    def check(self) -> None:
        """Return if the fact is shown; raise ClaimError otherwise."""

    def conditions(self) -> tuple[Relation, ...]:
        """Give the values or hypotheses that are put in, for the reader."""
        return tuple(Relation(symbol, "=", value) for symbol, value in self.given.items())

    def scope(self) -> str:
        """How far a proof goes that does not go all the way: 'for sizes 1 to 4'."""
        return ""

    def within(self) -> str:
        """Up to which sizes the fact was counted out, where it was not proved: 'L <= 5'."""
        return ""

    def points(self) -> int:
        """At how many points the fact was tested, where it was not proved."""
        return 0

    def fail(self, reason: str) -> ClaimError:
        """Make the error that says what is the matter with this fact."""
        return ClaimError(f"{self.why}: {reason}")

    def put_in(self, stated: Relation) -> Relation:
        """Put the given values into a relation and look at it in a few points."""
        for key in self.given:
            if not (stated.lhs.has(key) or stated.rhs.has(key)):
                raise self.fail(f"{key} does not occur")
        inside = stated.at(self.given)
        if inside.lhs.has(nan, zoo, oo) or inside.rhs.has(nan, zoo, oo):
            raise self.fail(f"{inside.text()} is undefined")
        for here in islice(sample(inside), 3):
            if here.contradicted():
                raise self.fail(f"{inside.text()} is untrue: it can be {here.text()}")
        return inside


@dataclass(frozen=True, eq=False)
class Equal(Fact):
    """Two sides are equal wherever both are defined: their difference reduces to 0."""

    lhs: Expr
    rhs: Expr

    def relations(self) -> tuple[Relation, ...]:
        """State the equation."""
        return (Relation(self.lhs, "=", self.rhs),)

    def check(self) -> None:
        """Reduce the difference to 0."""
        inside = self.put_in(*self.relations())
        if not is_zero(inside.difference):
            raise self.fail(f"cannot show that {inside.text()}")


@dataclass(frozen=True, eq=False)
class Holds(Fact):
    """An order between two sides (< <= > >=) that holds for all admissible values.

    It is shown by the sign of the larger side minus the smaller. Where that is not plain, `because`
    is another way of writing the difference, from which the sign is plain.
    """

    lhs: Expr
    sign: str
    rhs: Expr
    because: Expr | None = None

    def relations(self) -> tuple[Relation, ...]:
        """State the order, and another way of writing the difference."""
        stated = Relation(self.lhs, self.sign, self.rhs)
        if self.because is None:
            return (stated,)
        return (stated, Relation(stated.difference, "=", self.because))

    def check(self) -> None:
        """Decide the sign of the difference."""
        stated, *rewritten = self.relations()
        inside = self.put_in(stated)
        difference = inside.difference
        for relation in rewritten:
            Equal(self.why, relation.lhs, relation.rhs, given=self.given).check()
            difference = relation.at(self.given).rhs
        if not has_sign(difference, strict="=" not in self.sign):
            raise self.fail(f"cannot show that {inside.text()}")
