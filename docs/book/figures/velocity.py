"""What momentum's dialects make of a learning rate that drops: how far each step goes."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .picture import Picture
from .runs import Array, path
from .style import Scheme, canvas, label

STEPS, DROP, BETA = 70, 40, 0.9
RATE, LOWERED = 0.01, 0.001
DIALECTS = ("outside", "inside", "averaged")


def rate(t: int) -> float:
    """The learning rate, a tenth of itself from the drop on."""
    return RATE if t < DROP else LOWERED


def lengths(dialect: str) -> Array:
    """How far each step goes under a gradient of 1."""
    hyper = {"alpha": rate, "beta": BETA}
    theta = path("momentum", dialect, lambda at, _: np.ones_like(at), [0.0], STEPS, hyper)
    return -np.diff(theta[:, 0])


def draw(scheme: Scheme) -> Figure:
    """The length of every step."""
    figure = canvas(3.3)
    ax = figure.add_subplot()
    hues = (scheme.accent, scheme.warning, scheme.rules["momentum"])
    steps = np.arange(1, STEPS + 1)
    for dialect, hue in zip(DIALECTS, hues, strict=True):
        found, wide = lengths(dialect) / RATE, dialect == "outside"
        ax.plot(steps, found, "-o", color=hue, ms=4.5 if wide else 2.8, lw=3 if wide else 1.6)
        at = DROP + 8
        label(ax, at, found[at - 1], dialect, hue, xytext=(4, 9))
    ax.axvline(DROP, color=scheme.muted, linewidth=0.9, linestyle="--")
    label(ax, DROP, 17, r"$\alpha$ drops to a tenth", scheme.muted)
    ax.set(xlabel="step", ylabel=r"length / first $\alpha$", yscale="log")
    ax.set(xlim=(0, STEPS), ylim=(0.05, 25))
    ax.grid(axis="x", visible=False)
    return figure


PICTURES = {
    "momentum-dialects": Picture(
        draw,
        "Lengths of steps that grow and level off. At the drop of the learning rate those of "
        "outside and averaged fall at once, those of inside fade over some thirty steps.",
        f"How far each step goes under a gradient of 1 with $\\beta = {BETA}$, and a learning rate "
        f"that drops to a tenth at step {DROP}. `outside` follows at once; `inside` keeps the old "
        "rate in its velocity. `averaged` has steps that are shorter by the factor $1 - \\beta$.",
    )
}
