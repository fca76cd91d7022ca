"""Other images, kernels and attributes for a convolution that is searched."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from goldenrule.reference import catalogue
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Step

from ..subjects import Subject
from .draw import Draw

_LARGEST = 60
"""Numbers that come out of a layer."""


def image(draw: Draw, subject: Subject, step: Step) -> Step | None:
    """Draw another question of the same rank; None if there is no room for the kernel."""
    rng, given = draw.rng, step.given
    attributes = _attributes(draw, step.attributes)
    groups = attributes.get("groups", 1)
    rank = given["w"].ndim - (2 if step.attributes else 0)
    sides = [tuple(int(n) for n in rng.integers(1, most, rank)) for most in (7, 4)]
    shapes: dict[str, tuple[int, ...]] = {"x": sides[0], "w": sides[1]}
    if step.attributes:
        inner, outer = (int(n) for n in rng.integers(1, 3, 2))
        inputs, outputs = groups * inner, groups * outer
        transposed = subject.rule.endswith("transpose")
        pair = (inputs, outer) if transposed else (outputs, inner)
        shapes = {"x": (int(rng.integers(1, 3)), inputs, *sides[0]), "w": (*pair, *sides[1])}
        shapes |= {"b": (outputs,)} if "b" in given else {}
    tensors = draw.tensors(shapes)
    shape = _shape_of_y(subject, tensors, attributes)
    if shape is None or not 0 < prod(shape) <= _LARGEST:
        return None
    if "dy" in given:
        tensors = draw.tensors({"dy": shape}) | {n: tensors[n] for n in given if n != "dy"}
    return Step(tensors, step.hyper, attributes)


def _attributes(draw: Draw, before: Mapping[str, Any]) -> dict[str, Any]:
    """Draw other attributes of the same names and lengths."""
    rng = draw.rng

    def whole(low: int, high: int) -> int:
        return int(rng.integers(low, high + 1))

    found: dict[str, Any] = {}
    for name, value in before.items():
        if name == "groups":
            found[name] = whole(1, 2)
        elif name == "padding":
            found[name] = tuple((whole(0, 2), whole(0, 2)) for _ in value)
        elif name == "output_padding":
            found[name] = tuple(whole(0, 1) for _ in value)
        else:
            found[name] = tuple(whole(1, 3) for _ in value)
    return found


def _shape_of_y(
    subject: Subject, tensors: Mapping[str, np.ndarray], attributes: Mapping[str, Any]
) -> tuple[int, ...] | None:
    forward = catalogue.forms(subject.rule, "layer")[subject.dialect][0]
    given = {name: tensors[name].astype(object) for name in ("x", "w")}
    try:
        y = forward(FloatContext(Profile.parse("float64")), **given, **attributes)["y"]
    except (ValueError, IndexError):
        return None
    return y.shape
