"""What the families of inputs are made with: random numbers, and a step to make them for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference.run import Problem, Step

from ..files.formats import Format
from .subjects import Subject
from .two_float import evaluate

Array = NDArray[np.float64]
Tensors = dict[str, Array]

# States that are averages of gradients; all others are of their squares. Else m and b are.
_SIGNED = {"optimizers/momentum": "a", "optimizers/nesterov": "a", "optimizers/ewma": "v"}


@dataclass(frozen=True)
class Scene:
    """A subject at a step, with hyper-parameters, a number of elements and a random source."""

    rng: np.random.Generator
    subject: Subject
    hyper: Mapping[str, float]
    t: int
    size: int

    def normal(self) -> Array:
        """N(0, 1)."""
        return self.rng.standard_normal(self.size)

    def sign(self) -> Array:
        """-1 or 1."""
        return self.rng.choice([-1.0, 1.0], self.size)

    def power(self, base: float, low: float, high: float) -> Array:
        """The base to exponents evenly spread between two numbers."""
        return base ** self.rng.uniform(low, high, self.size)

    def mixed(self, *choices: Array | float) -> Array:
        """For each element one of the choices."""
        rows = np.broadcast_arrays(np.zeros(self.size), *choices)[1:]
        return np.choose(self.rng.integers(len(rows), size=self.size), rows)

    def nudged(self, values: Array) -> Array:
        """The values in the tensors' format, up to four units in the last place away."""
        precision = self.subject.format.precision
        return values * (1 + self.rng.integers(-4, 5, self.size) * 2.0**-precision)

    def tensors(self, theta: Array, gradient: Array, past: Array) -> Tensors:
        """All tensors the subject takes, in its format; `past` is the size of past gradients."""
        found = {"theta": theta, "g": gradient, "x": gradient}
        for name in sorted(self.subject.state, reverse=True):  # v_max and m come after v
            found[name] = self._state(name, past, found)
        return self.stored({name: found[name] for name in found if name in self.subject.symbols})

    def _state(self, name: str, past: Array, found: Tensors) -> Array:
        if name == "v_max":
            return (past * self.normal()) ** 2
        if name == "m" and "centered" in self.subject.options:
            return np.sqrt(found["v"]) * self.rng.uniform(-0.99, 0.99, self.size)
        return past * self.normal() if self.is_signed(name) else (past * self.normal()) ** 2

    def is_signed(self, name: str) -> bool:
        """Whether a state is an average of gradients, not of their squares."""
        return name in _SIGNED.get(self.subject.entry.rule, ("m", "b"))

    def after(self, tensors: Tensors) -> Tensors:
        """What the step makes of tensors, nearly."""
        given = {name: tensors[name] for name in self.subject.stepwise}
        state = {name: tensors[name] for name in tensors if name not in given}
        problem = Problem(state, [Step(given, self.hyper)], self.t)
        (outputs,) = evaluate(self.subject.forms[0], problem)
        return {name: value.hi for name, value in outputs.items()}

    def stored(self, tensors: Tensors) -> Tensors:
        """The tensors in the subject's format."""
        return {name: stored(values, self.subject.format) for name, values in tensors.items()}


def stored(values: Array, target: Format) -> Array:
    """Numbers of a format near the values; those too large become its largest.

    >>> from goldenrule.conformance.files.formats import FORMATS
    >>> stored(np.array([0.3, 1e6]), FORMATS["float16"]).tolist()
    [0.300048828125, 65504.0]
    """
    values = np.clip(values, -largest(target), largest(target))
    if target.name == "bfloat16":
        bits = values.astype(np.float32).view(np.uint32) & np.uint32(0xFFFF0000)
        return bits.view(np.float32).astype(np.float64)
    return values.astype(f"f{target.bits // 8}").astype(np.float64)


def largest(target: Format) -> float:
    """The largest number of a format."""
    return (2 - 2.0 ** (1 - target.precision)) * 2.0 ** (1 - target.min_exponent)
