"""Facts about single points, finite sizes and computations: witnesses, enumerations, tests."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from sympy import Expr

from .fact import Fact
from .relation import Relation, sample


@dataclass(frozen=True, eq=False)
class Fails(Fact):
    """A witness: the relation is untrue of the exact numbers that the given values lead to."""

    lhs: Expr
    sign: str
    rhs: Expr

    def relations(self) -> tuple[Relation, ...]:
        """State what is true of the two numbers instead."""
        return (Relation(self.lhs, self.sign, self.rhs).at(self.given).opposite,)

    def check(self) -> None:
        """Compare the two numbers."""
        here = self.put_in(Relation(self.lhs, self.sign, self.rhs).opposite)
        if here.decided() is not True:
            raise self.fail(f"cannot show that {here.text()}")


@dataclass(frozen=True, eq=False)
class Each(Fact):
    """Several facts of one kind, such as one for each dialect: all are checked, the first shown."""

    facts: tuple[Fact, ...]

    def relations(self) -> tuple[Relation, ...]:
        """State the first fact."""
        return self.facts[0].relations()

    def conditions(self) -> tuple[Relation, ...]:
        """Give the conditions of the first fact."""
        return self.facts[0].conditions()

    def scope(self) -> str:
        """How far the facts go, where that is not all the way."""
        return " and ".join(dict.fromkeys(fact.scope() for fact in self.facts if fact.scope()))

    def within(self) -> str:
        """Up to which sizes facts were counted out."""
        return "; ".join(dict.fromkeys(fact.within() for fact in self.facts if fact.within()))

    def points(self) -> int:
        """Count the points at which facts were tested."""
        return sum(fact.points() for fact in self.facts)

    def check(self) -> None:
        """Check them all."""
        if not self.facts:
            raise self.fail("no facts")
        for fact in self.facts:
            fact.check()


@dataclass(frozen=True, eq=False)
class Finite(Each):
    """A family of facts, one for each size; what is proved is proved for these sizes only.

    `of` says, in the plural, what the sizes are of.
    """

    sizes: range
    of: str = "sizes"

    def scope(self) -> str:
        """Say which sizes are proved."""
        return "" if self.points() else f"for {self.of} {self.sizes[0]} to {self.sizes[-1]}"

    def check(self) -> None:
        """Check them all, and that there is one for each size."""
        super().check()
        if len(self.facts) != len(self.sizes):
            raise self.fail(f"{len(self.facts)} facts for {len(self.sizes)} sizes")


@dataclass(frozen=True, eq=False)
class Sampled(Fact):
    """A relation that is true in `count` exact random points, for want of a proof."""

    lhs: Expr
    sign: str
    rhs: Expr
    count: int

    def relations(self) -> tuple[Relation, ...]:
        """State the relation."""
        return (Relation(self.lhs, self.sign, self.rhs),)

    def points(self) -> int:
        """Count the points."""
        return self.count

    def check(self) -> None:
        """Look at the points; each must be decided."""
        inside = self.put_in(*self.relations())
        looked_at = [here.decided() for here in islice(sample(inside, seed=1), self.count)]
        if self.count < 1 or not inside.symbols or looked_at != [True] * self.count:
            raise self.fail(f"{looked_at.count(True)} of {self.count} points agree")


@dataclass(frozen=True, eq=False)
class Computed(Fact):
    """The value of a finite computation, such as one in floating point."""

    what: Expr
    compute: Callable[[], Expr]
    value: Expr

    def relations(self) -> tuple[Relation, ...]:
        """State the value."""
        return (Relation(self.what, "=", self.value),)

    def check(self) -> None:
        """Compute it again."""
        found = self.compute()
        if found != self.value:
            raise self.fail(f"it is {found}, not {self.value}")


@dataclass(frozen=True, eq=False)
class Counted(Computed):
    """How many of finitely many sizes are exceptions: more sizes are not looked at.

    `limits` says which sizes are, as in "L <= 5".
    """

    limits: str

    def within(self) -> str:
        """Say which sizes."""
        return self.limits

    def check(self) -> None:
        """Count again."""
        if not self.limits:
            raise self.fail("no limits")
        super().check()
