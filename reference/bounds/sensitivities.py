"""How strongly the nodes of a tape depend on each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..contexts.tape import Node, Place, TapeContext
from .error import NO_ERROR, Errors
from .inherit import KINKED

Sensitivity = tuple[Node, Any]


class Sensitivities:
    """Sensitivities of the nodes: the same for all profiles, but where a node is cut."""

    def __init__(self, tape: TapeContext) -> None:
        self.tape = tape
        self._known: dict[Node, tuple[list[Sensitivity], list[Node]]] = {}

    def of(self, output: Node, errors: Errors) -> Iterable[Sensitivity]:
        """Give all nodes that a node depends on, itself first, and how strongly."""
        if output not in self._known:
            known = list(self._sweep(output, {}))
            self._known[output] = known, [x for x, _ in known if x.operation in KINKED]
        known, kinked = self._known[output]
        is_cut = any(errors[node].cut is not False for node in kinked)
        return self._sweep(output, errors) if is_cut else known

    def forget(self, output: Node) -> None:
        """Keep no more of an output that is done with."""
        self._known.pop(output, None)

    def _sweep(self, output: Node, errors: Errors) -> Iterator[Sensitivity]:
        """Go back from an output. Through a node that is cut in these errors nothing passes."""
        adjoints: dict[Node, Any] = {output: 1}
        for node in reversed(self.tape.nodes):
            adjoint = adjoints.pop(node, None)
            if adjoint is None:
                continue
            yield node, abs(adjoint)
            cut = errors.get(node, NO_ERROR).cut
            if cut is not False:
                adjoint = self.tape.numbers.where(cut, 0, adjoint)
            for argument, partial in zip(node.arguments, node.partials, strict=True):
                if argument.place is not Place.CONSTANT:
                    adjoints[argument] = adjoints.get(argument, 0) + adjoint * partial
