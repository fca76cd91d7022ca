"""The exponentially weighted average: what it weighs how much, and how it starts."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.ieee import IeeeContext

from .picture import Picture
from .runs import Array
from .style import Scheme, label, panels

BETA = 0.9
COUNTS = (8, 40)
STEPS = 40
SEED = 4


def averages(dialect: str, inputs: Array) -> Array:
    """The average after every input, one for each column."""
    function, ctx = forms("optimizers/ewma")[dialect][0], IeeeContext()
    counted = {"corrected": lambda t: {"t": t}}.get(dialect, lambda _: {})
    v, found = np.zeros(inputs.shape[1:]), []
    for t, x in enumerate(inputs, start=1):
        outputs = function(ctx, x, v, beta=ctx.scalar(BETA), **counted(t))
        v = outputs["v"]
        found.append(outputs["average"])
    return np.array(found)


def weights(dialect: str, count: int) -> Array:
    """The weight of each of so many inputs: the average of a 1 in its place and 0 elsewhere."""
    return averages(dialect, np.eye(count))[-1]


def draw_weights(scheme: Scheme) -> Figure:
    """Weights after a few inputs and after many, with and without correction."""
    figure, axes = panels(4.6, 2, 1)
    for ax, count in zip(axes, COUNTS, strict=True):
        places = np.arange(1, count + 1)
        for dialect, colour, shift in (
            ("uncorrected", scheme.warning, 1),
            ("corrected", scheme.accent, -1),
        ):
            w = weights(dialect, count)
            ax.vlines(places + shift * 0.0035 * count, 0, w, colors=colour, linewidth=2)
            ax.plot(places + shift * 0.0035 * count, w, "o", color=colour, markersize=4)
        ax.set_title(f"after {count} values")
        ax.grid(axis="x", visible=False)
        ax.set_ylim(0, 1.3 * weights("corrected", count).max())
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        for dialect, colour, y in (
            ("corrected", scheme.accent, 0.9),
            ("uncorrected", scheme.warning, 0.76),
        ):
            text = f"{dialect}: weights add up to {weights(dialect, count).sum():.3g}"
            ax.text(0.02, y, text, color=colour, transform=ax.transAxes)
        ax.set_ylabel("weight")
    axes[-1].set_xlabel("value, from the first to the latest")
    return figure


def draw_bias(scheme: Scheme) -> Figure:
    """The first averages of a constant and of noise about it."""
    noise = 1 + 0.4 * np.random.default_rng(SEED).standard_normal(STEPS)
    figure, axes = panels(4.8, 2, 1)
    steps = np.arange(1, STEPS + 1)
    for ax, inputs, title in zip(axes, (np.ones(STEPS), noise), ("constant", "noisy"), strict=True):
        ax.plot(steps, inputs, "o", color=scheme.mix(scheme.muted, 0.7), markersize=3.5)
        for dialect, colour in (("uncorrected", scheme.warning), ("corrected", scheme.accent)):
            ax.plot(steps, averages(dialect, inputs), color=colour)
        ax.set(title=f"{title} input", ylim=(0, 2.1 if title == "noisy" else 1.35))
        ax.grid(axis="x", visible=False)
    label(axes[0], 5, averages("uncorrected", np.ones(STEPS))[4], "uncorrected", scheme.warning)
    label(axes[0], 5, 1.0, "corrected", scheme.accent, xytext=(0, 11))
    label(axes[0], 40, 1.0, "input", scheme.muted, xytext=(0, 11), ha="right")
    axes[-1].set_xlabel("step")
    return figure


PICTURES = {
    "ewma-weights": Picture(
        draw_weights,
        "Bars that grow from the first value to the latest. After 8 values the uncorrected ones "
        "are lower than the corrected ones, after 40 almost the same.",
        f"How much an average with $\\beta = {BETA}$ weighs each value, after {COUNTS[0]} and "
        f"after {COUNTS[1]} values. Uncorrected, the weights add up to $1 - \\beta^t$: the rest "
        "lies on the 0 that it starts from. The correction divides by that.",
    ),
    "ewma-bias": Picture(
        draw_bias,
        "Averages of a constant and of a noisy sequence. Uncorrected they start near 0 and need "
        "about twenty steps to arrive; corrected they are right from the first step.",
        f"The first {STEPS} averages with $\\beta = {BETA}$ of a constant and of noise about it "
        "(dots). The uncorrected average is drawn towards its start at 0; the corrected one is "
        "not, but its first values follow the noise.",
    ),
}
