"""What a tape is made of: an operation, its value, its arguments and its partial derivatives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from .operand import Operand

if TYPE_CHECKING:
    from .tape import TapeContext


class Place(Enum):
    """Where a value lives, and so in which of a profile's formats it is rounded."""

    CONSTANT = "an integer of the text, exact everywhere"
    SCALAR = "made from hyper-parameters alone: binary64 on the host"
    STEP = "made from the step count"
    TENSOR = "an element of a tensor, in the working format"


@dataclass(frozen=True, slots=True)
class Span:
    """What a sum or dot product adds up, through to what is added to it in turn.

    The magnitudes of the terms make up `size`, and every term is a multiple of 2**grain; None if
    that is not known.
    """

    size: Any
    grain: int | None


@dataclass(frozen=True, slots=True)
class Mixture:
    """The numbers that a transformed algorithm may mix, and the largest of their magnitudes."""

    nodes: tuple[Node, ...]
    peak: Any


@dataclass(eq=False, slots=True)
class Node(Operand):
    """One recorded operation.

    A pivot is worth a sweep of its own: much comes together in it, and much depends on it.
    """

    tape: TapeContext
    operation: str
    value: Any
    place: Place
    arguments: tuple[Node, ...] = ()
    partials: tuple[Any, ...] = ()
    exponent: int = 0
    nonnegative: bool = False
    span: Span | None = None
    among: Mixture | None = None
    pivot: bool = False
    casts: dict[Place, Node] = field(default_factory=dict)

    def operate(self, name: str, left: Any, right: Any) -> Node:
        """Record a binary operation; the scalar operand of a tensor operation is cast first."""
        a, b = self.tape.meet(left, right)
        x, y = a.value, b.value
        if name == "add":
            sign = a.nonnegative and b.nonnegative
            return self.tape.record(name, x + y, (a, b), (1, 1), nonnegative=sign)
        if name == "sub":
            scalar_sign = a.place is not Place.TENSOR and x >= y  # rounding keeps a sign
            return self.tape.record(name, x - y, (a, b), (1, -1), nonnegative=scalar_sign)
        same_sign = (a.nonnegative and b.nonnegative) or a is b
        if name == "mul":
            return self.tape.record(name, x * y, (a, b), (y, x), nonnegative=same_sign)
        value = self.tape.numbers.divide(x, y)
        partials = (self.tape.numbers.divide(1, y), -self.tape.numbers.divide(value, y))
        return self.tape.record(name, value, (a, b), partials, nonnegative=same_sign)

    def __neg__(self) -> Node:
        return self.tape.record("neg", -self.value, (self,), (-1,))

    def __pow__(self, exponent: int) -> Node:
        """An integer power: the step count comes in through these alone."""
        base = self if self.place is Place.TENSOR else self.tape.move(self, Place.STEP)
        partial = exponent * base.value ** (exponent - 1)
        sign = base.nonnegative or exponent % 2 == 0
        node = self.tape.record("pow", base.value**exponent, (base,), (partial,), nonnegative=sign)
        node.exponent = exponent
        return node
