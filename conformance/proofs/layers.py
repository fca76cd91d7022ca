"""Proofs that reference functions of layers compute their spec, for tensors of several shapes.

A function runs on arrays of polynomials: every element is a generator, and so are eps, momentum
and t, so an equation that is shown holds for all values. Gradients are compared with the derivative
of the spec's forward pass, not with the closed form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import prod
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import parameters
from goldenrule.spec.tensors.algebra import generators
from goldenrule.spec.tensors.evaluate import forward, gradients
from goldenrule.spec.tensors.layer import Layer

from .context import PolynomialContext
from .sizes import Size, sizes
from .statement import Obligation, Proof, ProofError, check_parameters


def prove(who: Obligation) -> tuple[Proof, ...]:
    """Prove every output of a form equal to the spec's.

    Raises ProofError, naming rule, dialect, form, options, output and place.
    """
    layer = _layer(who)
    _check_signature(who, layer)
    count = compare(who)
    names = layer.gradients(who.options) if who.kind == "gradient" else layer.outputs(who.options)
    return tuple(who.proof(name, f"for {count} shapes") for name in names)


def compare(who: Obligation) -> int:
    """Show that a function gives the spec's results, and count the shapes for which it does.

    Raises ProofError, naming rule, dialect, form, options, output and place.
    """
    layer = _layer(who)
    chosen = sizes(who.rule, layer.name)
    for size in chosen:
        _compare(who, layer, size)
    return len(chosen)


def _layer(who: Obligation) -> Layer:
    """Give the dialect of an obligation about a layer."""
    if not isinstance(who.dialect, Layer):
        raise ProofError(f"{who}: not a layer")
    return who.dialect


def _check_signature(who: Obligation, layer: Layer) -> None:
    """Check that a form takes the tensors, numbers and attributes of its dialect."""
    everything = [option.name for option in layer.options]
    takes = layer.taken_backward if who.kind == "gradient" else layer.symbols
    always = {s.name for s in takes()}
    check_parameters(
        who, always | {*layer.attributes}, {s.name for s in takes(everything)} - always
    )


def _compare(who: Obligation, layer: Layer, size: Size) -> None:
    """Show that a form gives the spec's results for one size."""
    attributes = {name: size.attributes[name] for name in layer.attributes}
    tensors, expected = _expected(layer, who.options, who.kind, size)
    algebra = tensors["t"].algebra
    context = PolynomialContext(algebra, tensors["eps"])
    try:
        computed = who.function(context, **_arguments(who, layer, tensors), **attributes)
    except (TypeError, ValueError) as error:  # what an algebra refuses
        raise ProofError(f"{who}: is not shown to equal the spec, for {size}: {error}") from error
    found = {name: np.asarray(x, dtype=object) for name, x in computed.items() if x is not None}
    if found.keys() != expected.keys():
        raise ProofError(f"{who}: gives {', '.join(found)}, not {', '.join(expected)}")
    for name, value in expected.items():
        if found[name].shape != value.shape:
            raise ProofError(f"{who}: {name} has shape {found[name].shape}, for {size}")
        for place in np.ndindex(*value.shape):
            if not algebra.is_zero(found[name][place] - value[place]):
                where = ", ".join(map(str, place))
                raise ProofError(f"{who}: {name}[{where}] differs from the spec, for {size}")


@cache
def _expected(
    layer: Layer, options: tuple[str, ...], kind: str, size: Size
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Compute the spec's results, with what they were computed of; all forms share them."""
    attributes = {name: size.attributes[name] for name in layer.attributes}
    tensors = _tensors(layer, size, attributes)
    compute = gradients if kind == "gradient" else forward
    return tensors, compute(layer, options, tensors, attributes)


def _tensors(layer: Layer, size: Size, attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Make generators for all that both passes are given."""
    shapes = {**size.shapes, **layer.layout.parameters(size.shapes["x"], attributes)}
    zeros = {name: np.zeros(shape, dtype=int).astype(object) for name, shape in shapes.items()}
    y = forward(layer, (), {**zeros, "eps": 1, "momentum": 1, "t": 1}, attributes)["y"]
    roots = prod(shapes["x"]) if "gamma" in shapes else 0
    return generators({**shapes, "dy": y.shape, "eps": (), "momentum": ()}, roots)


def _arguments(who: Obligation, layer: Layer, tensors: Mapping[str, Any]) -> dict[str, Any]:
    """Choose what a form is given with the options of its obligation."""
    takes = layer.taken_backward if who.kind == "gradient" else layer.symbols
    given = {s.name: tensors[s.name] for s in takes(who.options)}
    if "t" in parameters(who.function):
        given["t"] = tensors["t"]
    return given
