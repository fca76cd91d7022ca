"""Questions at the edges of a normalization: eps = 0, one element, and beyond the range.

They are put to tensors of a few elements, in two groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..case import Case
from .inputs import Shape, numbers
from .standard import Attributes, Suite


@dataclass(frozen=True)
class Edges:
    """Two groups of a suite's small tensors: the index of the first, and tensors of single ones.

    `single` is a shape and attributes at which every group has one element.
    """

    suite: Suite
    first: Any
    single: tuple[Shape, Attributes]
    centred: bool = True

    def layers(self) -> Iterator[Case]:
        """Every question about the outputs."""
        yield self.suite.forward(
            "no-eps", "eps = 0, which changes nothing much where there is variance", "no-eps",
            eps=0.0, affine=False,
        )  # fmt: skip
        yield self.suite.forward(
            "no-eps-constant", "eps = 0 and a group that 0 divides: 0 / 0", "no-eps", "constant",
            x=self._constant(), eps=0.0, affine=False, outcomes={"y": self._lost()},
        )  # fmt: skip
        yield from self._range()

    def inference(self) -> Iterator[Case]:
        """What is left to ask where the variance is given: nothing is divided by 0."""
        comment = "eps = 0, which changes nothing much where the running variance is not 0"
        yield self.suite.forward("no-eps", comment, "no-eps", eps=0.0, affine=False)
        yield self.suite.backward("no-eps", comment, "no-eps", eps=0.0, affine=False)
        yield from self._range()

    def _range(self) -> Iterator[Case]:
        """Elements whose squares overflow in float32; a running variance given does not."""
        yield self.suite.forward(
            "range", "elements of 2^64, whose squares overflow in float32", "range",
            x=numbers("range", self.suite.shape, exponent=65), spread=2.0**32, affine=False,
        )  # fmt: skip

    def gradients(self) -> Iterator[Case]:
        """Every question about the gradient."""
        yield self.suite.backward(
            "no-eps", "eps = 0, which changes nothing much where there is variance", "no-eps",
            eps=0.0, affine=False,
        )  # fmt: skip
        yield self.suite.backward(
            "no-eps-constant", "eps = 0 and a group that 0 divides: 0 / 0", "no-eps", "constant",
            x=self._constant(), eps=0.0, affine=False, outcomes={"dx": self._lost()},
        )  # fmt: skip
        shape, attributes = self.single
        yield self.suite.backward(
            "single",
            "groups of one element: dx is 0" if self.centred else "groups of one element",
            "few-elements", "gradient-terms", x=numbers("gradient-single", shape),
            attributes=attributes,
        )  # fmt: skip
        for exponent in (45, 50):
            yield self.suite.backward(
                f"range-{exponent}",
                f"a deviation of 2^{exponent}, whose reciprocal's cube is tiny in float32",
                "range", x=numbers(f"range-{exponent}", self.suite.shape, exponent=exponent + 1),
                affine=False,
            )  # fmt: skip

    def special_dy(self, comment: str, x: Any, dy: Any, **outcomes: str) -> Case:
        """NaN and infinities in dy, with gamma; the table of outcomes is the rule's own."""
        return self.suite.backward(
            "special-dy", comment, "parameter-gradient", "special-values",
            x=np.array(x), dy=np.array(dy), outcomes=outcomes,
        )  # fmt: skip

    def empty(self, id: str, shape: Shape, comment: str, *, forward: bool = True) -> Iterator[Case]:
        """Tensors without elements, of which nothing is left but gradients of 0."""
        x = np.zeros(shape)
        if forward:
            yield self.suite.forward(id, comment, "empty", x=x)
        yield self.suite.backward(id, comment, "empty", x=x, dy=x)

    def _constant(self) -> np.ndarray:
        """Numbers of which the first group is constant, or 0 where nothing is centred."""
        x = numbers("no-eps-constant", self.suite.shape)
        x[self.first] = 1.25 if self.centred else 0.0
        return x

    def _lost(self) -> str:
        """A table of outcomes in which the first group is NaN: 0 times 1 / 0."""
        words = np.full(self.suite.shape, ".", dtype=object)
        words[self.first] = "nan"
        return " ".join(words.flat)
