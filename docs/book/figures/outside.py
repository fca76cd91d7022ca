"""What stands beyond the ends of an image, dialect by dialect."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure

from goldenrule.reference.windows import borders
from goldenrule.reference.windows.meetings import Meetings

from . import combs
from .picture import Picture
from .style import Scheme, bare, canvas
from .windows import padded, window

SIZE, BORDER = 5, 3
DIALECTS = {
    "zeros": borders.zeros,
    "reflect": borders.reflect,
    "replicate": borders.replicate,
    "circular": borders.circular,
}


def standing(of: Callable[..., Meetings]) -> list[str]:
    """What stands at every place of a padded axis: the number of an element from 1, or 0."""
    at = window(of, SIZE, 1, **padded(BORDER, BORDER))
    return [str(x + 1) for _, x, _ in sorted(at.places)]


def draw(scheme: Scheme) -> Figure:
    """What stands beyond the ends of an axis."""
    figure = canvas(2.9)
    ax = figure.add_subplot()
    bare(ax)
    for row, (name, of) in enumerate(DIALECTS.items()):
        for place, word in enumerate(standing(of), start=-BORDER):
            inside = 0 <= place < SIZE
            fill = scheme.mix(scheme.accent, 0.85) if inside else None
            ink = scheme.page if inside else scheme.text
            combs.square(
                ax, place, -1.15 * row, fill, "none" if inside else scheme.muted, word, ink
            )
        ax.text(-BORDER - 0.8, -1.15 * row, name, ha="right", va="center_baseline")
    ax.set(xlim=(-BORDER - 3.4, SIZE + BORDER), ylim=(-4.1, 0.6), aspect="equal")
    return figure


PICTURES = {
    "convolution-borders": Picture(
        draw,
        "Four rows of numbered squares, 1 to 5 in colour. On either side stand zeros, the mirror "
        "image, the outermost number again and again, or the row again.",
        f"An axis of {SIZE} elements, numbered, and what stands beyond its ends with a padding of "
        f"{BORDER}: zeros, or an element again. The mirror of `reflect` is the outermost element, "
        "which is not repeated.",
    )
}
