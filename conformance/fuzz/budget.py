"""How much is put to each named backend."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 60.0
ELEMENTS_TO_ONE_OF_LAYERS = 100
"""A layer's exact values take milliseconds a number: fewer elements are put to layers."""


@dataclass(frozen=True)
class Budget:
    """Seconds that update rules and layers share, or a number of elements.

    So many elements are put to update rules, and a hundredth as many to layers.
    """

    seconds: float | None = None
    elements: int | None = None

    def __str__(self) -> str:
        if self.elements is None:
            return f"{self.seconds:g} s"
        return f"{self.elements} elements"
