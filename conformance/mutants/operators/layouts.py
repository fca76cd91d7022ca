"""A kernel is read backwards, or with its axes in another order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Place, Text
from ..trees import expression, shown, substituted

_LAYERS = {
    "places": (
        "{0}.reshape(*{0}.shape[:2], *{0}.shape[:1:-1])"
        ".transpose(0, 1, *range({0}.ndim - 1, 1, -1))"
    ),
    "planes": "{0}.reshape({0}.shape[1], {0}.shape[0], *{0}.shape[2:]).swapaxes(0, 1)",
}
_ARRAYS = {"places": "{0}.reshape({0}.shape[::-1]).T"}
_SAID = {
    "places": "the spatial axes of {0} are read in the opposite order",
    "planes": "the first two axes of {0} are read in the opposite order",
}


def kernel_flipped(text: Text) -> Iterator[Change]:
    """Reverse the kernel, or do not where it should be."""
    for place in text.places:
        match place.node:
            case ast.Call(func=ast.Attribute(value=inside, attr="flipped")):
                yield at(text, place, "kernel-flipped", inside, "the kernel is not reversed")
            case ast.Name(id="at") if _is_passed(place):
                new = expression("at.flipped()")
                said = "the kernel is reversed along its spatial axes"
                yield at(text, place, "kernel-flipped", new, said)


def axes_transposed(text: Text) -> Iterator[Change]:
    """Read the numbers of a tensor as if its axes were in another order."""
    for place in text.places:
        match place.node:
            case ast.Name(id="x" | "w" | "dy" as name) if _is_passed(place):
                if not shown(place.parent).startswith(("accumulate.", "dx(", "dw(")):
                    continue
                is_plain = "plain" in shown(place.parent) or "plain" in text.definition.name
                layouts = _ARRAYS if is_plain else _LAYERS
                for layout, new in layouts.items():
                    said = _SAID[layout].format(name)
                    changed = expression(new.format(name))
                    callee = shown(place.parent.func) if isinstance(place.parent, ast.Call) else ""
                    edit = f"{name} in {callee} -> {name} with its {layout} transposed"
                    yield at(text, place, "axes-transposed", changed, said, edit)


def arguments_exchanged(text: Text) -> Iterator[Change]:
    """Hand two tensors over in the opposite order."""
    for place in text.places:
        if isinstance(place.node, ast.Call):
            found = {x.id: x for x in place.node.args if isinstance(x, ast.Name)}
            for one, other in (("gamma", "beta"), ("running_mean", "running_var")):
                if {one, other} <= found.keys():
                    a, b = found[one], found[other]
                    new = substituted(place.node, {a: b, b: a})
                    said = f"{one} and {other} are exchanged"
                    edit = f"{one}, {other} -> {other}, {one}"
                    yield at(text, place, "arguments-exchanged", new, said, edit)


def _is_passed(place: Place) -> bool:
    return isinstance(place.parent, ast.Call) and place.node in place.parent.args
