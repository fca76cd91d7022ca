"""A mean is taken where a sum should be, of other numbers, or of another count of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Text
from ..trees import expression, operation, shown
from .factors import COUNTS


def mean_for_sum(text: Text) -> Iterator[Change]:
    """Divide a sum by how many numbers there are."""
    yield from _divided(text, "fsum")


def mean_for_dot(text: Text) -> Iterator[Change]:
    """Divide a dot product by how many numbers there are."""
    yield from _divided(text, "fdot")


def _divided(text: Text, name: str) -> Iterator[Change]:
    for place in text.places:
        match place.node:
            case ast.Call(args=[first, *_]) if operation(place.node) == name:
                new = expression("s / max(len(xs), 1)", s=place.node, xs=first)
                said = f"{shown(place.node)} is divided by how many numbers it sums"
                yield at(text, place, "mean-for-sum", new, said)


def count_biased(text: Text) -> Iterator[Change]:
    """Divide by n - 1 or n + 1, not by n, and the other way round."""
    for place in text.places:
        match place.node:
            case ast.BinOp(left=left, op=ast.Div(), right=right) if shown(right) in COUNTS:
                for new in ("max(n - 1, 1)", "(n + 1)"):
                    count = new.replace("n", shown(right), 1) if new[0] == "(" else new
                    changed = expression(f"a / {_counted(count, right)}", a=left)
                    said = f"{shown(left)} is divided by {_counted(count, right)}"
                    yield at(text, place, "count-biased", changed, said)
            case ast.BinOp(
                left=ast.BinOp(left=left, op=ast.Mult(), right=ast.Name(id="n")), op=ast.Div()
            ):
                yield at(text, place, "count-biased", left, f"{shown(left)} is biased")
                new = expression("a * (n - 1) / n", a=left)
                said = f"{shown(left)} is multiplied by n - 1 and divided by n"
                yield at(text, place, "count-biased", new, said)


def counted_otherwise(text: Text) -> Iterator[Change]:
    """Count the samples only, or everything, where the elements of a group should be counted."""
    for place in text.places:
        if place.target == "n" and isinstance(place.node, ast.BinOp):
            for new, said in (("len(x)", "the samples"), ("x.size", "all elements")):
                said = f"n counts {said}, not the elements of a group"
                yield at(text, place, "count-biased", expression(new), said)


def others_summed(text: Text) -> Iterator[Change]:
    """Sum squares of x itself, not of its deviations, or no squares."""
    for place in text.places:
        match place.node:
            case ast.Call(args=[first, second, *_]) if operation(place.node) == "fdot":
                if shown(first) != shown(second):
                    continue
                if shown(first) == "d":
                    said = "x is not centred before it is squared"
                    yield at(text, place, "others-summed", expression("ctx.fdot(x, x)"), said)
                new = expression("ctx.fsum(a)", a=first)
                said = f"{shown(first)} is summed, not its square"
                yield at(text, place, "others-summed", new, said)


def _counted(count: str, right: ast.expr) -> str:
    return count.replace("n - 1", f"{shown(right)} - 1")
