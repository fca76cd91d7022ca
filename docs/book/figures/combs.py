"""Combs: two rows of squares, x above and y below, and lines from what is read to what it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from goldenrule.reference.windows.meetings import OUTSIDE, Meetings

from .style import Scheme, bare

GAP = 1.9
"""From the row of x down to the row of y."""


@dataclass(frozen=True)
class Link:
    """Place `above` of x and place `below` of y meet in element k of the kernel."""

    above: int
    below: int
    k: int


@dataclass(frozen=True)
class Comb:
    """Places of x and y on an axis, those outside with negative or large numbers."""

    above: range
    below: range
    links: Sequence[Link]
    words: Mapping[tuple[str, int], str] = field(default_factory=dict)
    "What squares bear, by row (`x` or `y`) and place."

    @property
    def seen(self) -> set[int]:
        """Places outside x that a window reaches."""
        return {link.above for link in self.links} - set(self.above)

    @property
    def cut(self) -> set[int]:
        """Places outside y that an element of x would have spread to."""
        return {link.below for link in self.links} - set(self.below)


def sliding(at: Meetings, stride: int, dilation: int) -> Comb:
    """The comb of a kernel that slides over an image of one axis with zeros around."""
    met = list(at.places)
    low = next(stride * y + dilation * k - x for y, x, k in met if OUTSIDE not in (x, y))
    links = [Link(stride * y + dilation * k - low, y, k) for y, _, k in met if y != OUTSIDE]
    (*_, outputs), (*_, inputs), _ = at.shapes
    return Comb(range(inputs), range(outputs), links)


def spreading(at: Meetings, stride: int, dilation: int) -> Comb:
    """The comb of elements of one axis that each spread a kernel."""
    met = list(at.places)
    low = next(stride * x + dilation * k - y for y, x, k in met if OUTSIDE not in (x, y))
    links = [Link(x, stride * x + dilation * k - low, k) for _, x, k in met if x != OUTSIDE]
    (*_, outputs), (*_, inputs), _ = at.shapes
    return Comb(range(inputs), range(outputs), links)


@dataclass(frozen=True)
class Places:
    """Where the squares of a comb stand: y is spaced by the stride, or x if that is spread."""

    x: tuple[float, float]
    y: tuple[float, float]
    "The place of element 0, and the distance between elements."

    @classmethod
    def aligned(cls, comb: Comb) -> Places:
        """Put the first output under the middle of what it sees; and so its neighbour."""
        by_output = [[link.above for link in comb.links if link.below == y] for y in (0, 1)]
        first, second = ((min(xs) + max(xs)) / 2 for xs in by_output)
        return cls((0, 1), (first, second - first))

    @classmethod
    def spread(cls, comb: Comb) -> Places:
        """Put the first input over the middle of what it makes; and so its neighbour."""
        by_input = [[link.below for link in comb.links if link.above == x] for x in (0, 1)]
        first, second = ((min(ys) + max(ys)) / 2 for ys in by_input)
        return cls((first, second - first), (0, 1))

    def of(self, row: str, place: int) -> float:
        """Where the square of an element stands."""
        start, apart = self.x if row == "x" else self.y
        return start + place * apart


def square(ax: Axes, x: float, y: float, fill: str | None, edge: str, word: str, ink: str) -> None:
    """One element; without a fill it is one that is not there."""
    line = "-" if fill else (0, (2, 2))
    box = Rectangle((x - 0.4, y - 0.4), 0.8, 0.8, facecolor=fill or "none", linestyle=line)
    box.set(edgecolor=edge, linewidth=1)
    ax.add_patch(box)
    ax.text(x, y, word, ha="center", va="center_baseline", fontsize=9, color=ink)


def draw(ax: Axes, comb: Comb, at: Places, scheme: Scheme, row: str, place: int) -> None:
    """Draw a comb; in colour all that meets in one element of a row."""
    bare(ax)
    chosen = [link for link in comb.links if (link.above if row == "x" else link.below) == place]
    lit = {("x", link.above) for link in chosen} | {("y", link.below) for link in chosen}
    for link in sorted(comb.links, key=lambda link: link in chosen):
        ends = (at.of("x", link.above), at.of("y", link.below)), (-0.4, 0.4 - GAP)
        colour, width = (
            (scheme.accent, 1.6) if link in chosen else (scheme.mix(scheme.muted, 0.4), 0.7)
        )
        ax.plot(*ends, color=colour, linewidth=width)
    rows = (("x", 0, comb.above, comb.seen), ("y", -GAP, comb.below, comb.cut))
    for name, y, inside, outside in rows:
        for i in sorted({*inside, *outside}):
            is_lit = (name, i) in lit
            strong = scheme.accent if is_lit else scheme.muted
            fill = scheme.mix(strong, 0.85 if is_lit else 0.17) if i in inside else None
            word = comb.words.get((name, i), "0" if name == "x" and i in outside else "")
            ink = scheme.page if is_lit and i in inside else scheme.text
            square(ax, at.of(name, i), y, fill, strong if fill is None else "none", word, ink)
    places = [at.of("x", i) for i in {*comb.above, *comb.seen}]
    places += [at.of("y", i) for i in {*comb.below, *comb.cut}]
    for name, y in (("x", 0.0), ("y", -GAP)):
        ax.text(min(places) - 1.1, y, f"${name}$", ha="center", va="center_baseline")
    ax.set(xlim=(min(places) - 1.4, max(places) + 0.6), ylim=(-GAP - 0.6, 0.6), aspect="equal")
