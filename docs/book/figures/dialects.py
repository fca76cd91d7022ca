"""How far apart the dialects of Adam end up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .picture import Picture
from .runs import Array, path
from .style import Scheme, label, panels

STEPS, SEED = 30, 4
HYPER = {"alpha": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
HUES = {
    "keras": "momentum",
    "inside": "rmsprop",
    "uncorrected": "adam",
    "corrected_max": "adadelta",
}
"""The rule whose colour a dialect has."""
ALSO = {"corrected_max": ("v_max",)}
"""It is AMSGrad always, and so beside `paper` with that option."""
SIZES = np.geomspace(1e-12, 1e2, 71)
PLACES = {
    "keras": (3e-6, (-8, -6)),
    "inside": (2e-3, (8, 4)),
    "uncorrected": (1e-2, (0, 9)),
    "corrected_max": (1e-2, (0, 9)),
}
"""Where in the lower panel names stand: beside which size, and how many points off the curve."""


@cache
def paths(dialect: str, also: Sequence[str] = ()) -> Array:
    """Where a dialect goes: steps by sizes of the gradient, which is noise about a mean."""
    factors = 1 + np.random.default_rng(SEED).standard_normal(STEPS)
    start = np.zeros_like(SIZES)
    return path("adam", dialect, lambda _, t: SIZES * factors[t - 1], start, STEPS, HYPER, also)


def distance(dialect: str) -> Array:
    """How far a dialect ends up from `paper`, of the learning rate times the steps."""
    also = ALSO.get(dialect, ())
    apart = paths(dialect)[-1] - paths("paper", also)[-1]
    return np.abs(apart) / (STEPS * HYPER["alpha"])


def draw(scheme: Scheme) -> Figure:
    """Paths for gradients of the size of eps, and the distance over the size of the gradient."""
    figure, [above, below] = panels(6.6, 2, 1)
    _paths(above, scheme)
    for dialect, hue in HUES.items():
        found, colour = distance(dialect), scheme.rules[hue]
        below.plot(SIZES, np.where(found > 0, found, np.nan), color=colour)
        size, off = PLACES[dialect]
        at = int(np.argmin(np.abs(np.log(SIZES / size))))
        side = "right" if off[0] < 0 else "left"
        label(below, SIZES[at], found[at], dialect, colour, xytext=off, ha=side)
    eps = HYPER["eps"]
    for size, name in ((eps, r"$\varepsilon$"), (eps**0.5, r"$\sqrt{\varepsilon}$")):
        below.axvline(size, color=scheme.muted, linewidth=0.9, linestyle="--")
        label(below, size, 3e-7, name, scheme.muted, fontsize=12)
    below.set(xscale="log", yscale="log", xlim=(SIZES[0], SIZES[-1]), ylim=(1e-7, 30))
    below.set(xlabel="size of the gradients", ylabel=r"distance / ($\alpha \cdot$ steps)")
    below.set_title(f"distance from paper after {STEPS} steps")
    return figure


def _paths(ax: Axes, scheme: Scheme) -> None:
    at = int(np.argmin(np.abs(np.log(SIZES / HYPER["eps"]))))
    colours = {"paper": scheme.text} | {name: scheme.rules[hue] for name, hue in HUES.items()}
    for dialect, colour in colours.items():
        if dialect not in ALSO:
            theta = paths(dialect)[:, at] / HYPER["alpha"]
            ax.plot(theta, color=colour)
            label(ax, STEPS, theta[-1], dialect, colour)
    ax.set(xlabel="step", ylabel=r"$\theta \, / \, \alpha$", xlim=(0, STEPS))
    ax.set_title(r"paths for gradients of the size of $\varepsilon$")


PICTURES = {
    "adam-dialects": Picture(
        draw,
        "Above, paths of Adam's dialects that fan out. Below, their distances from the paper's "
        "over the size of the gradient: most part near eps; uncorrected, nearly everywhere.",
        f"The dialects over {STEPS} steps with the usual hyper-parameters; the gradients are noise "
        r"about a mean. `keras` parts from `paper` where gradients are about $\varepsilon$, "
        r"`inside` up to $\sqrt{\varepsilon}$, `uncorrected` from $\varepsilon$ on; "
        "`corrected_max` is told beside `paper` with AMSGrad. Much smaller gradients hardly move "
        "theta in any of them.",
    )
}
