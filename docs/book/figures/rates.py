"""The effective learning rate: how far a step goes for its gradient, coordinate by coordinate."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.figure import Figure

from .picture import Picture
from .runs import Array, path
from .style import NAMES, Scheme, label, panels

STEPS, EVERY, SIZE = 300, 10, 0.1
RULES = {
    "adagrad": ("outside", {"alpha": 0.01, "eps": 1e-8}),
    "rmsprop": ("outside", {"alpha": 0.01, "rho": 0.99, "eps": 1e-8}),
    "adadelta": ("paper", {"alpha": 1, "rho": 0.9, "eps": 1e-6}),
    "adam": ("paper", {"alpha": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
}


def constant(_: int) -> float:
    """The same gradient at every step."""
    return SIZE


def sparse(t: int) -> float:
    """The same gradient at every tenth step, and 0 between."""
    return SIZE if t % EVERY == 0 else 0.0


Gradients = Callable[[int], float]
"""What the gradient is at each step."""
LIFTED: Mapping[tuple[str, Gradients], int] = {
    ("rmsprop", constant): 12,
    ("adam", constant): 0,
    ("adadelta", constant): -4,
}
"""Points by which names are moved that would lie on each other."""


def effective(rule: str, gradients: Gradients) -> tuple[Array, Array]:
    """The steps with a gradient, and what each moves theta by for a gradient of 1."""
    dialect, hyper = RULES[rule]
    theta = path(rule, dialect, lambda _, t: np.array([gradients(t)]), [0.0], STEPS, hyper)
    given = np.array([gradients(t) for t in range(1, STEPS + 1)])
    met = given != 0
    return np.arange(1.0, STEPS + 1)[met], -np.diff(theta[:, 0])[met] / given[met]


def draw(scheme: Scheme) -> Figure:
    """One panel for each kind of gradient."""
    figure, axes = panels(6.2, 2, 1)
    titles = ("the same gradient at every step", f"that gradient at every {EVERY}th step, else 0")
    for ax, gradients, title in zip(axes, (constant, sparse), titles, strict=True):
        for rule in RULES:
            steps, rates = effective(rule, gradients)
            colour = scheme.rules[rule]
            ax.plot(steps, rates, "-" if gradients is constant else "-o", color=colour, ms=3)
            lifted = LIFTED.get((rule, gradients), 0)
            label(ax, steps[-1], rates[-1], NAMES[rule], colour, xytext=(6, lifted))
        ax.set(title=title, yscale="log", xlim=(0, STEPS), ylabel="step / gradient")
        ax.grid(axis="x", visible=False)
    axes[-1].set_xlabel("step")
    return figure


_ALPHA = RULES["adam"][1]["alpha"]

PICTURES = {
    "learning-rates": Picture(
        draw,
        "Curves of the effective learning rate. Adagrad's falls for ever, RMSprop's starts high "
        "and settles, Adam's stays level, Adadelta's starts low and grows.",
        f"How far a step goes for its gradient, which is {SIZE} at every step or at every "
        f"{EVERY}th, where Adadelta has $\\alpha = 1$ and the others $\\alpha = {_ALPHA}$, with "
        "the usual hyper-parameters. For a sparse gradient only the steps that have one are "
        "drawn: RMSprop's are longer then, as its average forgets in between; Adam spreads each "
        "gradient over the steps that follow.",
    )
}
