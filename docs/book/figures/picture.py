"""A picture: how it is drawn, what it shows in words, and the sentence under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from matplotlib.figure import Figure

from .style import Scheme, drawn_in

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Picture:
    """`alt` says what one sees, for those who do not; `caption` is Markdown."""

    draw: Callable[[Scheme], Figure]
    alt: str
    caption: str

    def svg(self, scheme: Scheme) -> bytes:
        """Draw it in a scheme: the same bytes every time, and nothing to load from elsewhere."""
        written = BytesIO()
        with drawn_in(scheme):
            self.draw(scheme).savefig(written, format="svg", metadata=_NO_METADATA)
        _, _, drawing = written.getvalue().partition(b"<svg")
        return b"<svg" + drawing
