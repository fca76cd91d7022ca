"""What an experiment works with: the object's maker, hyper-parameters, parameters, gradients.

The numbers are the same in every run and belong to every format: three significant bits, over
two decades, of both signs, and none of them 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ..files.formats import FORMATS, Array, format_of
from ..optimizer_object import ObjectEntry
from .driven import Driven, Gradients

SHAPES = ((5,), (3, 4), (67,), (5,))
"""Two parameters of the same shape, and one longer than any vector register."""


@dataclass(frozen=True)
class Setting:
    """A set of options: the hyper-parameters, and the switches that are on."""

    options: tuple[str, ...]
    hyper: dict[str, float]
    switches: tuple[str, ...]

    @staticmethod
    def read(document: dict[str, Any]) -> Setting:
        """Read what came over the wire."""
        hyper = {name: float.fromhex(text) for name, text in document["hyper"].items()}
        return Setting(tuple(document["options"]), hyper, tuple(document["switches"]))


@dataclass(frozen=True)
class Trial:
    """One implementation of an object, in one profile, under one setting."""

    entry: ObjectEntry
    profile: str
    implementation: str
    setting: Setting

    @property
    def hyper(self) -> dict[str, float]:
        """The hyper-parameters of the setting."""
        return self.setting.hyper

    @property
    def dtype(self) -> np.dtype:
        """The type of the arrays that the object is given."""
        return (format_of(self.profile) or FORMATS["float64"]).dtype

    @property
    def theta(self) -> list[Array]:
        """The parameters at the start."""
        return draw(0, self.dtype)

    def gradients(self, steps: int) -> list[list[Array]]:
        """Return gradients for so many steps."""
        return [draw(step, self.dtype) for step in range(1, steps + 1)]

    def make(
        self, theta: Sequence[Array], hyper: dict[str, float] | None = None, **context: Any
    ) -> Driven:
        """Make an optimizer of copies of these parameters."""
        arguments = {**(self.hyper if hyper is None else hyper), **context}
        arguments |= dict.fromkeys(self.setting.switches, True)
        context = {"profile": self.profile, "implementation": self.implementation}
        arguments |= {name: x for name, x in context.items() if self.entry.signature.takes(name)}
        copies = [np.array(tensor) for tensor in theta]
        return Driven(self.entry.function(theta=copies, **arguments), len(copies))

    def run(
        self,
        theta: Sequence[Array],
        gradients: Iterable[Gradients],
        hyper: dict[str, float] | None = None,
        **context: Any,
    ) -> list[list[Array]]:
        """Make an optimizer, run it, and return its parameters after every step."""
        return follow(self.make(theta, hyper, **context), gradients)


@cache
def draw(number: int, dtype: np.dtype) -> list[Array]:
    """Draw a number for every element of the parameters; nobody writes to these arrays."""
    random = np.random.default_rng(number)
    return [
        (
            random.choice([-1.0, 1.0], shape)
            * random.integers(4, 8, shape)
            * 2.0 ** random.integers(-9, -2, shape)
        ).astype(dtype)
        for shape in SHAPES
    ]


def follow(optimizer: Driven, gradients: Iterable[Gradients]) -> list[list[Array]]:
    """Run an optimizer and return its parameters after every step."""
    history = []
    for gradient in gradients:
        optimizer.step(gradient)
        history.append(optimizer.parameters())
    return history
