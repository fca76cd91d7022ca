"""Attributes of a convolution that are ignored, exchanged, or read in the wrong order."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..change import Change, at
from ..text import Place, Text
from ..trees import expression, shown, substituted

_NONE = {
    "stride": "[1] * len(stride)",
    "dilation": "[1] * len(dilation)",
    "padding": "[(0, 0)] * len(padding)",
    "output_padding": "[0] * len(output_padding)",
    "lows": "[0] * len(lows)",
    "groups": "1",
}


def attribute_ignored(text: Text) -> Iterator[Change]:
    """Do as if an attribute were not given."""
    for place, name in _passed(text):
        if name in _NONE:
            new = expression(_NONE[name])
            yield at(text, place, "attribute-ignored", new, f"{name} is ignored")


def axes_reversed(text: Text) -> Iterator[Change]:
    """Read an attribute's axes from the last to the first."""
    for place, name in _passed(text):
        if name in _NONE and name != "groups":
            new = expression(f"{name}[::-1]")
            yield at(text, place, "axes-reversed", new, f"the axes of {name} are exchanged")


def attributes_exchanged(text: Text) -> Iterator[Change]:
    """Exchange stride and dilation."""
    for place in text.places:
        if isinstance(place.node, ast.Call):
            if shown(place.node.func) == "zip":
                continue
            arguments = {x.id: x for x in place.node.args if isinstance(x, ast.Name)}
            if {"stride", "dilation"} <= arguments.keys():
                a, b = arguments["stride"], arguments["dilation"]
                new = substituted(place.node, {a: b, b: a})
                said = "stride and dilation are exchanged"
                edit = "stride, dilation -> dilation, stride"
                yield at(text, place, "attributes-exchanged", new, said, edit)


def ends_exchanged(text: Text) -> Iterator[Change]:
    """Take the padding of the end for that of the beginning."""
    for place in text.places:
        match place.node:
            case ast.ListComp(elt=ast.Name(id="low" as low), generators=[_]) if (
                low not in text.fixed
            ):
                new = expression("[high for _, high in padding]")
                said = "the padding of the ends stands in place of that of the beginnings"
                yield at(text, place, "ends-exchanged", new, said)
            case ast.Tuple(elts=[a, b]) if isinstance(place.parent, ast.ListComp | ast.Lambda):
                new = ast.Tuple([b, a], ast.Load())
                said = "beginning and end are exchanged"
                yield at(text, place, "ends-exchanged", new, said)


def ends_alike(text: Text) -> Iterator[Change]:
    """Give both ends the padding of one."""
    for place in text.places:
        match place.node:
            case ast.Tuple(elts=[a, b]) if isinstance(place.parent, ast.ListComp | ast.Lambda):
                for each in (a, b):
                    new = ast.Tuple([each, each], ast.Load())
                    yield at(text, place, "ends-alike", new, f"both ends have {shown(each)}")


def _passed(text: Text) -> Iterator[tuple[Place, str]]:
    """The names that stand as arguments."""
    for place in text.places:
        if isinstance(place.node, ast.Name) and isinstance(place.parent, ast.Call):
            callee = shown(place.parent.func)
            is_counted = place.node.id == "groups" and callee != "_planes"
            if callee not in ("zip", "len") and not is_counted and place.node.id not in text.fixed:
                yield place, place.node.id
