"""What decoupled weight decay changes: theta without a gradient."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from .picture import Picture
from .runs import Array, path
from .style import Scheme, label, panels

STEPS = 200
HYPER = {"alpha": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
DECAYS = (0.1, 0.3, 1.0)
STARTS = (1.0, 2.0)


def theta(rule: str, dialect: str, weight_decay: float) -> Array:
    """Theta under its decay alone, from every start."""

    def none(at: Array, _: int) -> Array:
        return np.zeros_like(at)

    return path(rule, dialect, none, STARTS, STEPS, HYPER | {"weight_decay": weight_decay})


def draw(scheme: Scheme) -> Figure:
    """The L2 term on the left, decoupled decay on the right."""
    figure, axes = panels(3.2, 1, 2)
    sides = (("adam", "paper", "Adam, L2 term"), ("adamw", "before", "AdamW, decoupled"))
    for ax, (rule, dialect, title) in zip(axes, sides, strict=True):
        for shade, decay in zip((0.55, 0.75, 1), DECAYS, strict=True):
            colour = scheme.mix(scheme.rules[rule], shade)
            width = 1.6 if rule == "adamw" else 6.5 - 4.9 * shade
            paths = theta(rule, dialect, decay)
            ax.plot(paths, color=colour, linewidth=width)
            if rule == "adamw":
                label(ax, STEPS, paths[-1, -1], rf"$\lambda = {decay:g}$", colour)
        ax.set_title(title, color=scheme.rules[rule], fontweight="bold")
        ax.set(ylim=(-0.1, 2.1), xlim=(0, STEPS), xlabel="step")
    axes[0].set_ylabel(r"$\theta$")
    axes[0].text(100, 1.72, "the same for\nevery $\\lambda$", color=scheme.rules["adam"])
    return figure


PICTURES = {
    "adamw-decay": Picture(
        draw,
        "Left, one curve from each start whatever the decay. Right, curves that fall faster the "
        "stronger the decay.",
        f"Weight decay where the gradient is 0, with $\\alpha = {HYPER['alpha']}$, from two "
        "starts. As part of the gradient the decay is divided by its own size, and theta moves the "
        "same for every $\\lambda$. Decoupled, theta shrinks by the factor "
        "$1 - \\alpha \\lambda$ a step.",
    )
}
