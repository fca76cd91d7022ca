"""What claims about convolutions share: symbolic arrays, and rules run on them."""

from collections.abc import Callable, Iterable
from functools import partial
from math import prod
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from ..proofs.arrays import Array, Same
from ..proofs.evidence import Each, Finite
from ..tensors import evaluate
from ..tensors.algebra import generators
from ..tensors.layer import Layer

Shape = tuple[int, ...]
Problem = tuple[Shape, Shape, dict[str, Any]]
"""The shapes of x and w, and attributes, of which a dialect takes those that it has."""
KERNELS = "kernel lengths"
SIZES = range(1, 5)
"""For these lengths, or counts of channels, what is claimed of all is proved."""


def for_sizes(why: str, sides: Callable[[int], tuple[Any, Any]], of: str) -> Finite:
    """Compare two arrays for each size, of what `of` says, in the plural.

    For size 2, which comes first, an element is stated.
    """
    order = sorted(SIZES, key=lambda size: size != 2)
    facts = tuple(Same(f"size {size}", partial(sides, size)) for size in order)
    return Finite(why, facts, SIZES, of)


def in_each(
    dialects: Iterable[Layer], sides: Callable[[int, Layer], tuple[Any, Any]], how: str = ""
) -> Each:
    """Compare two arrays for each size of a kernel in each dialect; one of the first is stated."""
    facts = tuple(for_sizes(d.name, partial(sides, dialect=d), KERNELS) for d in dialects)
    return Each(f"the rule itself, in each dialect{how}", facts)


def symbol(name: str, number: int) -> Symbol:
    """Name one element of an array."""
    return Symbol(f"{name}_{{{number}}}", real=True)


def array(name: str, *shape: int) -> Array:
    """Make an array of distinct symbols.

    >>> array("x", 2, 2)
    array([[x_{0}, x_{1}],
           [x_{2}, x_{3}]], dtype=object)
    """
    elements = [symbol(name, number) for number in range(prod(shape))]
    return np.array(elements, dtype=object).reshape(shape)


def step(dialect: Layer, name: str) -> Expr:
    """Give the value of a step of the rule."""
    return next(step.value for step in dialect.steps if step.name == name)


def joined(*arrays: Array) -> Array:
    """Put the elements of arrays into one."""
    return np.concatenate([np.ravel(np.array(array, dtype=object)) for array in arrays])


def run(dialect: Layer, x: Any, w: Any, b: Any = None, **attributes: Any) -> Array:
    """Compute y; attributes that are not given change nothing."""
    tensors = _tensors(x=x, w=w, b=b)
    options = ("bias",) if b is not None else ()
    return evaluate.forward(dialect, options, tensors, _whole(dialect, x, attributes))["y"]


def given(dialect: Layer, x: Shape, w: Shape, **attributes: Any) -> dict[str, Array]:
    """Make all that the gradients of a problem depend on, and a bias if the dialect takes one."""
    y = run(dialect, np.zeros(x, dtype=int), np.zeros(w, dtype=int), **attributes).shape
    bias = {"b": (y[1],)} if dialect.options else {}
    return generators({"x": x, "w": w, "dy": y, **bias})


def gradients(dialect: Layer, tensors: dict[str, Array], **attributes: Any) -> dict[str, Array]:
    """Differentiate the sum of dy y by x, w and b."""
    return evaluate.gradients(dialect, (), tensors, _whole(dialect, tensors["x"], attributes))


def closed_form(dialect: Layer, tensors: dict[str, Array], **attributes: Any) -> dict[str, Array]:
    """Compute the gradients by the backward steps of the rule."""
    return evaluate.closed_form(dialect, (), tensors, _whole(dialect, tensors["x"], attributes))


def backward(dialect: Layer, problems: Iterable[Problem]) -> tuple[Array, Array]:
    """Compare the backward steps with the derivative of the forward ones."""
    left, right = [], []
    for x, w, attributes in problems:
        taken = {name: a for name, a in attributes.items() if name in dialect.attributes}
        tensors = given(dialect, x, w, **taken)
        derivative = gradients(dialect, tensors, **taken)
        steps = closed_form(dialect, tensors, **taken)
        left += [steps[name] for name in derivative]
        right += list(derivative.values())
    return joined(*left), joined(*right)


def arrays_backward(size: int, dialect: Layer) -> tuple[Array, Array]:
    """Do so where two arrays meet without attributes, on lines and on planes."""
    return backward(dialect, (((5,), (size,), {}), ((2, 4), (2, size), {})))


def _tensors(**given: Any) -> dict[str, Array]:
    """Make arrays of what is given."""
    return {
        name: np.array(value, dtype=object) for name, value in given.items() if value is not None
    }


def _whole(dialect: Layer, x: Any, attributes: dict[str, Any]) -> dict[str, Any]:
    """Give every attribute that the dialect takes a value."""
    axes = np.ndim(x) - 2
    nothing = {
        "stride": (1,) * axes,
        "dilation": (1,) * axes,
        "groups": 1,
        "padding": ((0, 0),) * axes,
        "output_padding": (0,) * axes,
    }
    if unknown := set(attributes) - set(dialect.attributes):
        raise ValueError(f"{dialect.name} takes no {', '.join(sorted(unknown))}")
    return {name: attributes.get(name, nothing[name]) for name in dialect.attributes}
