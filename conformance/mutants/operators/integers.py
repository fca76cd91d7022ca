"""Sizes and indices that are rounded the other way, off by one, or remainders."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, shown

_PLANES = {
    "o // share": {
        "o % groups": "the outputs of a group are congruent, not neighbours",
        "groups - 1 - o // share": "the groups are in the opposite order",
        "0": "every group reads the first",
    },
    "s * inputs * groups + o // share * inputs + c": {
        "s * inputs * groups + c * groups + o // share": (
            "the inputs of a group are congruent, not neighbours"
        ),
    },
    "s * inputs * groups": {
        "s * inputs": "the samples are apart by the channels of a group, not of all",
        "0": "every sample is the first",
    },
    "o * inputs + c": {
        "c * outputs + o": "inputs and outputs of the kernel are exchanged",
        "o * inputs + inputs - 1 - c": "the kernel's inputs are in the opposite order",
        "(outputs - 1 - o) * inputs + c": "the kernel's outputs are in the opposite order",
    },
}
"""What reads other planes in place of the right ones."""


def rounded_otherwise(text: Text) -> Iterator[Change]:
    """Round a quotient up, not down, and the other way round."""
    for place in text.places:
        match place.node:
            case ast.UnaryOp(
                op=ast.USub(),
                operand=ast.BinOp(
                    left=ast.UnaryOp(op=ast.USub(), operand=a), op=ast.FloorDiv(), right=b
                ),
            ):
                new = expression("a // b", a=a, b=b)
                said = f"{shown(new)} is rounded down, not up"
            case ast.BinOp(left=a, op=ast.FloorDiv(), right=b):
                if isinstance(a, ast.UnaryOp):
                    continue
                new = expression("-(-a // b)", a=a, b=b)
                said = f"{shown(place.node)} is rounded up, not down"
            case _:
                continue
        yield at(text, place, "rounded-otherwise", new, said)


def size_shifted(text: Text) -> Iterator[Change]:
    """Make an axis one longer or shorter, where sizes are listed or returned."""
    for place in text.places:
        match place.parent:
            case ast.ListComp(elt=size):
                is_size = place.node is size and isinstance(size, ast.BinOp | ast.Call)
            case parent:
                is_size = isinstance(parent, ast.Return) and text.definition.name == "size"
        if is_size:
            for new in ("a + 1", "max(a - 1, 0)"):
                said = "one is added" if "+" in new else "one is taken off"
                yield at(text, place, "size-shifted", expression(new, a=place.node), said)


def place_shifted(text: Text) -> Iterator[Change]:
    """Meet another element: shifted by one, by the padding, or not spread by the dilation."""
    others = (
        "d * k",
        "d * k + low",
        "d * k - low + 1",
        "d * k - low - 1",
        "k - low",
        "d * (k - low)",
    )
    for place in text.places:
        if shown(place.node) == "d * k - low":
            for other in others:
                said = f"an element of the kernel is at {other}, not at d * k - low"
                yield at(text, place, "place-shifted", expression(other), said)


def plane_exchanged(text: Text) -> Iterator[Change]:
    """Meet a channel of another group, or another channel of the group; or another sample."""
    for place in text.places:
        others = _PLANES.get(shown(place.node), {})
        for new, said in others.items():
            yield at(text, place, "plane-exchanged", expression(new), said)
