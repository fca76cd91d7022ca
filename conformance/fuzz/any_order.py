"""Outputs whose bound must cover any order of a sum.

A sum of more than two terms is made in one order by a given implementation, whose error may be far
below that of the worst order, which its bound must hold for.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.context import each
from goldenrule.reference.contexts.node import Node
from goldenrule.reference.contexts.numbers import ArrayNumbers
from goldenrule.reference.contexts.tape import TapeContext
from goldenrule.reference.run import Problem, applies, call, elements

from . import quadratic

FEW = 2
"""So many terms have one order alone."""


def any_order(forms: Iterable[Function], problem: Problem) -> frozenset[str]:
    """The outputs of a step that a sum or dot product of more than two terms leads to."""
    found: set[str] = set()
    with np.errstate(all="ignore"):
        for form in forms:
            if applies(form, problem):
                found |= _outputs(form, problem)
    return frozenset(found)


def _outputs(form: Function, problem: Problem) -> set[str]:
    tape = TapeContext(ArrayNumbers(), layer=False)
    if problem.objective is not None:
        outputs = quadratic.step(form, tape, problem)
    else:
        make = tape.tensor if problem.elementwise else elements(tape)
        state = {name: make(values) for name, values in problem.given.items()}
        outputs = call(form, tape, problem, 0, state, make)
    returned = {
        name: np.asarray(each(tape.returned, values), dtype=object)
        for name, values in outputs.items()
    }
    summed: set[Node] = set()
    for node in tape.nodes:
        if _terms(node) > FEW or any(x in summed for x in node.arguments):
            summed.add(node)
    return {name for name, nodes in returned.items() if any(x in summed for x in nodes.flat)}


def _terms(node: Node) -> int:
    match node.operation:
        case "sum":
            return len(node.arguments)
        case "dot":
            return len(node.arguments) // 2
    return 0
