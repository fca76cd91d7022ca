"""What an operation makes of the errors of its arguments, with all products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..contexts.numbers import Numbers
from ..contexts.tape import Node

KINKED = ("sqrt", "max")
"""The operations whose derivative may fail."""


class Inherited(NamedTuple):
    """The error an operation passes on, where its derivative fails and where all is lost."""

    error: Any
    cut: Any = False
    void: Any = False


def inherit(node: Node, errors: Sequence[Any], numbers: Numbers) -> Inherited:
    """Bound |f(x + e) - f(x)| for an operation f, |e| within the errors of its arguments."""
    arguments = node.arguments
    match node.operation:
        case "neg" | "cast" | "store" | "return":
            return Inherited(errors[0])
        case "add" | "sub":
            return Inherited(errors[0] + errors[1])
        case "sum":
            return Inherited(sum(errors))
        case "mul":
            return Inherited(product_error(*arguments, *errors))
        case "dot":
            half = len(arguments) // 2
            pairs = zip(arguments, arguments[half:], errors, errors[half:], strict=False)
            return Inherited(sum(product_error(a, b, e, f) for a, b, e, f in pairs))
        case "div":
            left = abs(arguments[1].value) - errors[1]
            error = numbers.divide(errors[0] + abs(node.value) * errors[1], left)
            return Inherited(error, void=left <= 0)
        case "pow":
            n, size = node.exponent, abs(arguments[0].value)
            return Inherited((size + errors[0]) ** n - size**n)
        case "sqrt":
            return _root(node, errors[0], numbers)
        case "max":
            return _larger(node, errors, numbers)
    raise ValueError(f"no error propagation for the operation {node.operation!r}")


def product_error(a: Node, b: Node, e: Any, f: Any) -> Any:
    """Bound |(a + d)(b + g) - a b| for |d| within e and |g| within f."""
    if isinstance(e, int) and isinstance(f, int):  # 0: neither has an error
        return 0
    return abs(a.value) * f + abs(b.value) * e + e * f


def _larger(node: Node, errors: Sequence[Any], numbers: Numbers) -> Inherited:
    a, b = (x.value for x in node.arguments)
    reach = errors[0] + errors[1]
    tie = abs(a - b) <= reach
    of_branch = numbers.where(a >= b, errors[0], errors[1])
    of_either = numbers.maximum(errors[0], errors[1])
    return Inherited(numbers.where(tie, of_either, of_branch), cut=tie & (reach > 0))


def _root(node: Node, error: Any, numbers: Numbers) -> Inherited:
    left = node.arguments[0].value - error
    cut = (left <= 0) & (error > 0)
    smooth = numbers.divide(error, node.value + numbers.sqrt(left))
    jump = numbers.where(cut, numbers.sqrt(error), smooth)
    return Inherited(jump, cut, void=False if node.arguments[0].nonnegative else left < 0)
