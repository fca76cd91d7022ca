"""A picture: how it is drawn, what it shows in words, and the sentence under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from matplotlib.figure import Figure

from .style import Scheme, drawn_in
from .svg import compact

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Picture:
    """`alt` says what one sees, for those who do not; `caption` is Markdown."""

    draw: Callable[[Scheme], Figure]
    alt: str
    caption: str

    def svg(self, scheme: Scheme) -> str:
        """Draw it in a scheme: the same bytes every time, and nothing to load from elsewhere."""
        written = StringIO()
        with drawn_in(scheme):
            self.draw(scheme).savefig(written, format="svg", metadata=_NO_METADATA)
        _, begin, drawing = written.getvalue().partition("<svg")
        return compact(begin + drawing)
