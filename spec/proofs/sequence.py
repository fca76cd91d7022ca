"""Facts about sequences: the state of a rule after t steps, by induction, and limits."""

from dataclasses import dataclass, field
from itertools import islice

from sympy import Dummy, Expr, Rational, Symbol, limit, oo

from ..dialect import Dialect
from ..symbols import OLD, t
from .decide import decay_rates, is_zero, peel
from .fact import Equal, Fact
from .relation import Point, Relation, sample, substitute


@dataclass(frozen=True, eq=False)
class Limit(Fact):
    """What an expression tends to as a symbol grows to a point, or to infinity.

    Decay rates are taken from (0, 1).
    """

    expression: Expr
    symbol: Symbol
    point: Expr
    value: Expr

    def relations(self) -> tuple[Relation, ...]:
        """State the limit."""
        return (Relation(self.expression, "->", self.value),)

    def conditions(self) -> tuple[Relation, ...]:
        """State where it is taken."""
        return (*super().conditions(), Relation(self.symbol, "->", self.point))

    def check(self) -> None:
        """Take the limit; then see that values far out are near it."""
        inside = self.relations()[0].at(self.given)
        if not inside.lhs.has(self.symbol):
            raise self.fail(f"{self.symbol} does not occur")
        positive = {r: 1 / (1 + Dummy(positive=True)) for r in decay_rates(inside.lhs)}
        positive.pop(self.symbol, None)
        expression, value = inside.lhs.xreplace(positive), inside.rhs.xreplace(positive)
        found = limit(expression, self.symbol, self.point, "-")
        if not is_zero(found - value):
            raise self.fail(f"the limit is {found}, not {value}")
        near, nearer = (n if self.point is oo else self.point - Rational(1, n) for n in (50, 200))
        distance = expression - value
        pair = Relation(distance.subs(self.symbol, near), "=", distance.subs(self.symbol, nearer))
        for here in islice(sample(pair), 3):
            if Relation(abs(here.rhs), "<=", abs(here.lhs) * Rational(3, 5)).contradicted():
                raise self.fail(f"values do not approach {value}")


@dataclass(frozen=True, eq=False)
class Induction(Fact):
    """The state after t steps, by induction: the first step makes it so, and every other keeps it.

    `forms` gives the state after t steps in closed form, `given` what step t is given, such as
    g: x[t] for a sequence of gradients, and `start` the state before the first, where it is not 0.
    """

    dialect: Dialect
    forms: Point
    start: Point = field(default_factory=dict)

    def relations(self) -> tuple[Relation, ...]:
        """State the forms, and that a step keeps them."""
        return tuple(relation for _, stated in self.lines() for relation in stated)

    def lines(self) -> tuple[tuple[str, tuple[Relation, ...]], ...]:
        """Give the forms, and what one more step makes of them."""
        after = {before: symbol for symbol, before in OLD.items()}
        forms = (Relation(after[state], "=", form) for state, form in self.forms.items())
        steps = (self._step(state) for state in self.forms)
        return ((self.why, tuple(forms)), ("and one more step gives", tuple(steps)))

    def check(self) -> None:
        """Prove the first step, and step t + 1 from step t."""
        if not self.forms:
            raise self.fail("no forms")
        for state in self.forms:
            first, later = self._first(state), self._step(state)
            Equal(f"{self.why}, first step", first.lhs, first.rhs).check()
            Equal(f"{self.why}, later steps", later.lhs, later.rhs).check()

    def _first(self, state: Expr) -> Relation:
        """Say that the first step makes it so."""
        start = {s: self.start.get(s, 0) for s in self.forms}
        return Relation(self._result(state, start, 1), "=", self.forms[state].subs(t, 1).doit())

    def _step(self, state: Expr) -> Relation:
        """Say that the state after t + 1 steps follows from the one after t."""
        return Relation(
            self._result(state, self.forms, t + 1), "=", peel(self.forms[state].subs(t, t + 1))
        )

    def _result(self, state: Expr, before: Point, count: Expr) -> Expr:
        """Take one step of the dialect."""
        given = {s: value.subs(t, count) for s, value in self.given.items()}
        return substitute(self.dialect.outputs()[str(state)], {**before, **given, t: count})
