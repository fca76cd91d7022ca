"""`tape`: the graph of operations, from which the error bound is derived.

Every operation becomes a `Node` that knows its value, its arguments, its partial derivatives and
where its result lives: a tensor, a scalar made from hyper-parameters, or a scalar made from the
step count. A scalar that meets a tensor is cast, which is a node of its own. The values are
mpmath numbers (golden vectors) or NumPy float64 arrays (a million elements at once).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

from .context import Context, Values, each, entries
from .node import Mixture, Node, Place, Span
from .numbers import Numbers

_SPANNING = ("add", "sub", "neg", "store", "return")


class TapeContext(Context):
    """Record every operation of a reference function, in order, in `nodes`.

    In a `layer`, sums and dot products of small integers, or small multiples of one number, are
    known not to round, and what is under a root is a pivot. Elsewhere another's code may make the
    sums, as for the gradient of an objective.
    """

    def __init__(self, numbers: Numbers, layer: bool = True) -> None:
        self.numbers = numbers
        self.layer = layer
        self.nodes: list[Node] = []
        self._mixtures: dict[tuple[Node, ...], Mixture] = {}

    def tensor(self, value: Any) -> Node:
        """An element of an input tensor, exact in the storage format."""
        value = self.numbers.convert(value)
        node = self.record("input", value, place=Place.TENSOR)
        node.nonnegative = self.numbers.all_nonnegative(value)
        return node

    def scalar(self, value: Any) -> Node:
        """A hyper-parameter, exact in binary64."""
        value = self.numbers.convert(value)
        node = self.record("input", value, place=Place.SCALAR)
        node.nonnegative = self.numbers.all_nonnegative(value)
        return node

    def sqrt(self, x: Any) -> Any:
        """Square root. Its partial derivative at 0 is left to the bound."""
        return each(self._sqrt, x)

    def max(self, x: Any, y: Any) -> Any:
        """The larger of two numbers."""
        return each(self._max, x, y)

    def fsum(self, xs: Values) -> Node:
        """Sum of numbers, as one node: any order of summation."""
        terms = self._together(entries(xs))
        if not terms:
            return self._lift(0)
        values = [x.value for x in terms]
        sign = all(x.nonnegative for x in terms)
        node = self.record("sum", sum(values), tuple(terms), (1,) * len(terms), sign)
        node.span, node.pivot = self._span([(x,) for x in values]), True
        return node

    def fdot(self, xs: Values, ys: Values, among: Values | None = None) -> Node:
        """Dot product of two vectors, as one node: any order of summation, fused or not."""
        pairs = [self.meet(x, y) for x, y in zip(entries(xs), entries(ys), strict=True)]
        if not pairs:
            return self._lift(0)
        values = [(a.value, b.value) for a, b in pairs]
        lefts, rights = zip(*pairs, strict=True)
        partials = tuple(b.value for b in rights) + tuple(a.value for a in lefts)
        sign = among is None and all((a.nonnegative and b.nonnegative) or a is b for a, b in pairs)
        value = sum(x * y for x, y in values)
        node = self.record("dot", value, lefts + rights, partials, sign)
        node.span, node.pivot = self._span(values), True
        node.among = None if among is None else self._mixture(entries(among))
        return node

    def cast(self, s: Node) -> Node:
        """A scalar rounded to the working format; the same scalar is cast only once."""
        return self.move(s, Place.TENSOR)

    def store(self, x: Any) -> Any:
        """A tensor written to memory: where a half type rounds. A scalar is cast first."""
        return each(self._store, x)

    def returned(self, x: Node) -> Node:
        """An output: the tensor a rule gives back, stored in the storage format."""
        return self.record("return", x.value, (x,), (1,), x.nonnegative)

    def move(self, x: Node, place: Place) -> Node:
        """Move a scalar to where it is used."""
        if x.place in (place, Place.CONSTANT):
            return x
        if place not in x.casts:
            x.casts[place] = self.record("cast", x.value, (x,), (1,), x.nonnegative, place)
        return x.casts[place]

    def meet(self, left: Any, right: Any) -> tuple[Node, Node]:
        """Bring two operands to the place where their operation is computed."""
        a, b = self._lift(left), self._lift(right)
        place = max(a.place, b.place, key=list(Place).index)
        return self.move(a, place), self.move(b, place)

    def _together(self, xs: Sequence[Any]) -> list[Node]:
        """Bring operands to the place where they are added."""
        nodes = [self._lift(x) for x in xs]
        place = max((x.place for x in nodes), key=list(Place).index, default=Place.CONSTANT)
        return [self.move(x, place) for x in nodes]

    def record(
        self,
        operation: str,
        value: Any,
        arguments: tuple[Node, ...] = (),
        partials: tuple[Any, ...] = (),
        nonnegative: bool = False,
        place: Place | None = None,
    ) -> Node:
        """Append a node; without `place`, where its arguments live."""
        if place is None:
            place = max((x.place for x in arguments), key=list(Place).index)
        node = Node(self, operation, value, place, arguments, partials, nonnegative=nonnegative)
        if operation in _SPANNING and any(x.span for x in arguments):
            node.span = self._joined(arguments)
        self.nodes.append(node)
        return node

    def _span(self, terms: Sequence[tuple[Any, ...]]) -> Span:
        grain = self.numbers.grain(terms) if self.layer else None
        return Span(sum(abs(prod(term)) for term in terms), grain)

    def _mixture(self, xs: Sequence[Any]) -> Mixture:
        nodes = tuple(self._together(xs))
        if nodes not in self._mixtures:
            self._mixtures[nodes] = Mixture(nodes, max((abs(x.value) for x in nodes), default=0))
        return self._mixtures[nodes]

    def _joined(self, arguments: Sequence[Node]) -> Span:
        """The span of a sum of spans; any other argument is a term of its own."""
        spans = [x.span or self._span([(x.value,)]) for x in arguments]
        grains = [x.grain for x in spans]
        known = [grain for grain in grains if grain is not None]
        grain = min(known) if len(known) == len(grains) else None
        return Span(sum(x.size for x in spans), grain)

    def _lift(self, x: Any) -> Node:
        if isinstance(x, Node):
            return x
        value = self.numbers.convert(x)
        return Node(self, "constant", value, Place.CONSTANT, nonnegative=x >= 0)

    def _store(self, x: Node) -> Node:
        tensor = self.cast(x)
        return self.record("store", tensor.value, (tensor,), (1,), tensor.nonnegative)

    def _sqrt(self, x: Node) -> Node:
        x.pivot = x.pivot or self.layer
        root = self.numbers.sqrt(x.value)
        partial = self.numbers.divide(1, 2 * root)
        return self.record("sqrt", root, (x,), (partial,), nonnegative=True)

    def _max(self, x: Any, y: Any) -> Node:
        a, b = self.meet(x, y)
        first = self.numbers.where(a.value >= b.value, 1, 0)
        value = self.numbers.maximum(a.value, b.value)
        sign = a.nonnegative or b.nonnegative
        return self.record("max", value, (a, b), (first, 1 - first), nonnegative=sign)
