"""Layouts: what the indices of a layer's equations range over, and how arrays follow from that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..steps import Step

Tensors = Mapping[str, Any]
"""Object arrays of exact numbers, and single numbers, by name."""
Attributes = Mapping[str, Any]
"""Integers, and tuples of them, by name."""


class Layout(ABC):
    """The extent of a layer's indices."""

    attributes: tuple[str, ...]
    """The integer arguments that it takes."""

    @abstractmethod
    def words(self) -> tuple[str, ...]:
        """Describe the layout, a sentence each."""

    @abstractmethod
    def known(self) -> frozenset[str]:
        """Name the integers that equations may use: sizes, indices, attributes."""

    def parameters(self, shape: tuple[int, ...], attributes: Attributes) -> dict[str, Any]:  # noqa: ARG002
        """Give the shapes of the tensors that follow from the shape of x, by name."""
        return {}

    @abstractmethod
    def run(
        self, steps: Sequence[Step], tensors: Tensors, attributes: Attributes
    ) -> dict[str, np.ndarray]:
        """Take the steps; give the tensors that they set and that have a shape of their own."""
