"""Cross-correlation and convolution: what each makes of an impulse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.reference.windows import overlaps

from . import combs
from .combs import Comb, Places
from .picture import Picture
from .style import Scheme, panels

IMPULSE, TAPS = (0.0, 0.0, 1.0, 0.0, 0.0), (1.0, 2.0, 3.0)
FLIPPED: Sequence[tuple[str, bool]] = (("cross_correlation", False), ("convolution", True))


def response(rule: str) -> list[float]:
    """What a rule makes of the impulse, in `same`."""
    made = forms(f"convolutions/{rule}")["same"][0]
    return made(IeeeContext(), np.array(IMPULSE), np.array(TAPS))["y"].astype(float).tolist()


def draw(scheme: Scheme) -> Figure:
    """An impulse under both: the kernel comes out reversed, or as it is."""
    figure, axes = panels(2.1, 1, 2)
    for ax, (rule, flips) in zip(axes, FLIPPED, strict=True):
        at = overlaps.same(np.array(IMPULSE), np.array(TAPS))
        comb = combs.sliding(at.flipped() if flips else at, 1, -1 if flips else 1)
        words = {("x", i): f"{v:g}" for i, v in enumerate(IMPULSE)}
        words |= {("y", i): f"{v:g}" for i, v in enumerate(response(rule))}
        chosen = len(IMPULSE) // 2
        shown = Comb(comb.above, comb.below, comb.links, words)
        combs.draw(ax, shown, Places.aligned(shown), scheme, "x", chosen)
        for link in comb.links:
            if link.above == chosen:
                x = (link.above + link.below) / 2
                tag = {"facecolor": scheme.page, "edgecolor": "none", "pad": 1}
                given = {"color": scheme.accent, "bbox": tag, "ha": "center", "va": "center"}
                ax.text(x, -combs.GAP / 2, f"{TAPS[link.k]:g}", fontsize=9, **given)
        ax.set_title(rule.replace("_", "-"), fontweight="bold")
    return figure


PICTURES = {
    "convolution-flip": Picture(
        draw,
        "Two combs with a single 1 in the middle of x. Cross-correlation makes 3, 2, 1 of the "
        "kernel 1, 2, 3; convolution makes 1, 2, 3.",
        f"What both make of an impulse with the kernel {', '.join(f'{k:g}' for k in TAPS)}; beside "
        "each line the element of the kernel that is met there. Convolution reverses the kernel "
        "before it slides, so that an impulse gives back the kernel as it is.",
    )
}
