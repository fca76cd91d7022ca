"""Places: the elements of x as labels see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .layout import Attributes

Label = tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """One element of x: its index, with the shape of x and the attributes."""

    index: Label
    shape: Label
    attributes: Attributes

    @property
    def sample(self) -> int:
        """The index on the first axis."""
        return self.index[0]

    @property
    def channel(self) -> int:
        """The index on the second axis."""
        return self.index[1]

    @property
    def channels(self) -> int:
        """The length of the second axis."""
        return self.shape[1]


Labels = Callable[[Place], Label]


def channel(place: Place) -> Label:
    """Label an element by its channel."""
    return (place.channel,)
