"""The independent oracle of layers: the spec's steps in ball arithmetic, nothing of reference/.

Gradients are those of the spec's closed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq
from sympy import Rational

from goldenrule.spec.tensors.evaluate import closed_form, forward
from goldenrule.spec.tensors.layer import Layer

Values = Mapping[str, Any]


class Ball:
    """A ball among the integers and fractions that equations hold."""

    def __init__(self, ball: arb) -> None:
        self.ball = ball

    def __neg__(self) -> Ball:
        return Ball(-self.ball)

    def __add__(self, other: Any) -> Ball:
        return Ball(self.ball + _ball(other))

    def __sub__(self, other: Any) -> Ball:
        return Ball(self.ball - _ball(other))

    def __rsub__(self, other: Any) -> Ball:
        return Ball(_ball(other) - self.ball)

    def __mul__(self, other: Any) -> Ball:
        return Ball(self.ball * _ball(other))

    def __truediv__(self, other: Any) -> Ball:
        return Ball(self.ball / _ball(other))

    def __rtruediv__(self, other: Any) -> Ball:
        return Ball(_ball(other) / self.ball)

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, exponent: Any) -> Ball:
        """Raise to a power that is a multiple of one half."""
        twice = Fraction(str(exponent)) * 2
        root = self.ball if twice % 2 == 0 else self.ball.sqrt()
        return Ball(root ** int(twice / 2 if twice % 2 == 0 else twice))


def evaluate(
    dialect: Layer, kind: str, options: Sequence[str], values: Values, attributes: Values
) -> dict[str, np.ndarray]:
    """Compute the results of a layer, or its gradients, from arrays and numbers of binary64."""
    compute = closed_form if kind == "gradient" else forward
    numbers = {name: _numbers(x) for name, x in values.items()}
    found = compute(dialect, options, numbers, attributes)
    if np.size(values["x"]) == 0 and any(np.ndim(x) == 0 for x in found.values()):
        return _sums_of_nothing(found, values)
    return {name: _each(_ball, array) for name, array in found.items()}


def run(
    dialect: Layer,
    kind: str,
    options: Sequence[str],
    state: Values,
    steps: Sequence[tuple[Values, Values]],
    t: int,
) -> Iterator[dict[str, np.ndarray]]:
    """Yield the results of every step, each a pair of values and attributes."""
    kept = dict(state)
    for count, (values, attributes) in enumerate(steps, start=t):
        given = {**kept, **values, "t": count}
        try:
            outputs = evaluate(dialect, kind, options, given, attributes)
        except ZeroDivisionError:  # the unbiased variance of one element
            others = tuple(step for step in dialect.steps if step.name != "running-variance")
            defined = replace(dialect, steps=others)
            outputs = evaluate(defined, kind, options, given, attributes)
            outputs["running_var"] = np.full_like(kept["running_var"], arb("nan"))
        yield outputs
        kept = {name: outputs[name] for name in kept}


def _sums_of_nothing(names: Iterable[str], values: Values) -> dict[str, np.ndarray]:
    """Give zeros where there are no elements, and so no groups for the steps to be taken for."""
    x, gamma = np.shape(values["x"]), np.shape(values.get("gamma", ()))
    shapes = {"y": x, "dx": x, "dgamma": gamma, "dbeta": gamma}
    return {name: np.full(shapes[name], arb(0), object) for name in names}


def _numbers(x: Any) -> Any:
    if isinstance(x, int):
        return x
    return _each(lambda a: Ball(_ball(a)), x) if np.ndim(x) else Ball(_ball(x))


def _ball(x: Any) -> arb:
    match x:
        case Ball():
            return x.ball
        case Fraction():
            return arb(fmpq(x.numerator, x.denominator))
        case Rational():
            return arb(fmpq(int(x.p), int(x.q)))
    return arb(x)


def _each(function: Any, array: Any) -> np.ndarray:
    found = np.empty(np.shape(array), dtype=object)
    for index in np.ndindex(found.shape):
        found[index] = function(array[index])
    return found
