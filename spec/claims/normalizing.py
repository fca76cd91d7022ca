"""What claims about several normalizations share: the closed form of the gradient, and its sums.

The equations are those of one group of n elements, in `spec.normalize`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from sympy import Expr, Sum

from ..claim import Claim
from ..normalize import BACKWARD, FORWARD
from ..proofs.arrays import Same
from ..proofs.evidence import Each, Finite
from ..proofs.fact import Fact
from ..rule import Rule
from ..tensors.algebra import generators
from ..tensors.evaluate import closed_form, gradients
from ..tensors.layer import Layer
from ..tensors.symbols import i, n

VALUE = {step.name: step.value for step in (*FORWARD, *BACKWARD)}
"""The equations of a group, by the names of the steps."""
Shape = tuple[int, ...]


def mean(value: Expr) -> Expr:
    """Take the mean over a group."""
    return Sum(value, (i, 1, n)) / n


def tensors(layer: Layer, shape: Shape, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Make generators for x, dy and all that belongs to them."""
    shapes = {"x": shape, "dy": shape, "eps": (), "momentum": ()}
    own = layer.layout.parameters(shape, attributes)
    return generators({**shapes, **own}, roots=prod(shape))


def backward_claim(
    rule: Rule, sizes: Mapping[int, Shape], attributes: Mapping[str, Any], statement: str
) -> Claim:
    """Claim that the backward steps of every dialect are the derivative of its forward ones.

    `sizes` gives a shape of x for each size of the groups; for size 2 an element is stated.
    """
    order = sorted(sizes, key=lambda size: size != 2)
    facts = tuple(
        Finite(
            f"{layer.name}: the backward steps give the derivative of the sum of $dy$ times $y$",
            tuple(_derivative(layer, sizes[size], attributes) for size in order),
            sizes=range(min(sizes), max(sizes) + 1),
            of="group sizes",
        )
        for layer in rule.dialects
        if isinstance(layer, Layer)
    )
    return Claim(27, "backward", statement, facts)


def _derivative(layer: Layer, shape: Shape, attributes: Mapping[str, Any]) -> Fact:
    """State it for one shape, with every choice of options."""

    def agree(options: tuple[str, ...]) -> Same:
        def sides() -> tuple[dict, dict]:
            given = tensors(layer, shape, attributes)
            return (
                closed_form(layer, options, given, attributes),
                gradients(layer, options, given, attributes),
            )

        return Same(f"x of shape {shape}, {' and '.join(options) or 'no options'}", sides)

    return Each(f"x of shape {shape}", tuple(map(agree, layer.option_sets())))
