"""Layers on arrays of exact numbers: results, gradients by differentiation, and in closed form.

Tensors are object arrays of SymPy expressions, or of other exact numbers that add and multiply,
such as those of `algebra`. Hyper-parameters and t stand among the tensors as single numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from .layer import Layer, needed
from .layout import Attributes, Tensors


def forward(
    dialect: Layer, options: Iterable[str], tensors: Tensors, attributes: Attributes
) -> dict[str, np.ndarray]:
    """Compute what the forward pass returns."""
    chosen = tuple(options)
    found = dialect.layout.run(dialect.steps_with(chosen), tensors, attributes)
    return {name: found[name] for name in dialect.outputs(chosen)}


def closed_form(
    dialect: Layer, options: Iterable[str], tensors: Tensors, attributes: Attributes
) -> dict[str, np.ndarray]:
    """Compute the gradients by the backward steps."""
    chosen = tuple(options)
    found = dialect.layout.run(dialect.backward_steps(chosen), tensors, attributes)
    return {name: found[name] for name in dialect.gradients(chosen)}


def gradients(
    dialect: Layer, options: Iterable[str], tensors: Tensors, attributes: Attributes
) -> dict[str, np.ndarray]:
    """Differentiate the sum of dy y by the tensors, whose elements must be symbols.

    A shift or bias must be given where its gradient is a result, though the gradient does not
    depend on it. Raises KeyError, with its name, for a tensor that is missing.
    """
    chosen = tuple(options)
    wanted = dialect.gradients(chosen)
    given = {name.removeprefix("d") for name in wanted}
    used = {*chosen, *(o.name for o in dialect.options if {str(s) for s in o.symbols} <= given)}
    steps = needed(dialect.steps_with(used), {"y"})
    y = dialect.layout.run(steps, tensors, attributes)["y"]
    loss = sum((dy * value for dy, value in zip(tensors["dy"].flat, y.flat, strict=True)), 0)
    return {name: _derivative(loss, tensors[name.removeprefix("d")]) for name in wanted}


def _derivative(loss: Any, tensor: np.ndarray) -> np.ndarray:
    """Differentiate by every element of a tensor."""
    found = np.empty(tensor.shape, dtype=object)
    for place in np.ndindex(*tensor.shape):
        found[place] = loss.diff(tensor[place])
    return found
