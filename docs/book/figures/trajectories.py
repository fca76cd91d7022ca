"""Where the optimizers go: all of them on one landscape, and each beside gradient descent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .landscapes import QUADRATIC, ROSENBROCK, SADDLE, Landscape, quickest
from .picture import Picture
from .races import (
    QUADRATIC_STEPS,
    RACERS,
    ROSENBROCK_STEPS,
    RULES,
    SADDLE_RATE,
    SADDLE_STEPS,
    Run,
    on_quadratic,
    on_rosenbrock,
    on_saddle,
)
from .runs import Array
from .style import NAMES, Scheme, bare, canvas, dots, panels


def ground(ax: Axes, landscape: Landscape, scheme: Scheme) -> None:
    """Draw the contours, the minimum and the start."""
    west, east, south, north = landscape.extent
    x, y = np.meshgrid(np.linspace(west, east, 160), np.linspace(south, north, 160))
    bare(ax)
    levels = landscape.levels
    shades = [scheme.mix(scheme.muted, 0.55 - 0.3 * k / len(levels)) for k in range(len(levels))]
    values = landscape.value(x, y)
    ax.contour(x, y, values, levels, colors=shades, linewidths=0.7, linestyles="solid")
    ax.plot(*landscape.minimum, "+", color=scheme.text, markersize=9, markeredgewidth=1.4)
    ax.plot(*landscape.start, "o", color=scheme.text, markersize=4.5, zorder=5)
    ax.set(xlim=(west, east), ylim=(south, north), aspect="equal")


def trace(ax: Axes, path: Array, colour: str, width: float, size: float) -> None:
    """Draw a path with a dot for every step, or for every fifth of a long one."""
    every = 1 if len(path) <= 110 else 5
    ax.plot(*path.T, color=colour, linewidth=width)
    x, y = path[::every].T
    dots(ax, x, y, colour, size)


def written(ax: Axes, y: float, text: str, scheme: Scheme, **given: Any) -> None:
    """Write into a panel, over whatever is there, on the right if not told otherwise."""
    ground = {"facecolor": scheme.page, "edgecolor": "none", "alpha": 0.8, "pad": 1.5}
    given = {"x": 1, "ha": "right", "transform": ax.transAxes, "bbox": ground, **given}
    ax.text(y=y, s=text, zorder=6, **given)


def race(on: Landscape, run: Callable[[str], Run], scheme: Scheme) -> Figure:
    """One panel for each rule, gradient descent faintly in all."""
    west, east, south, north = on.extent
    figure, axes = panels(3 * (0.4 + 3 * (north - south) / (east - west)), 3, 2)
    for ax, rule in zip(axes, RACERS, strict=True):
        ground(ax, on, scheme)
        if rule != "sgd":
            trace(ax, run("sgd").path, scheme.mix(scheme.rules["sgd"], 0.45), 1, 1.6)
        trace(ax, run(rule).path, scheme.rules[rule], 1.4, 3.2)
        ax.set_title(NAMES[rule], color=scheme.rules[rule], fontweight="bold")
        written(ax, 0, run(rule).ending, scheme)
    return figure


def alone(rule: str, scheme: Scheme) -> Figure:
    """A rule beside gradient descent on the quadratic."""
    figure = canvas(4.0)
    ax = figure.add_subplot()
    ground(ax, QUADRATIC, scheme)
    for name, y in (("sgd", 0.92), (rule, 0.84)):
        run = on_quadratic(name)
        trace(ax, run.path, scheme.rules[name], 1.2 if name == "sgd" else 2, 4)
        written(
            ax,
            y,
            f"{NAMES[name]}:  {run.ending}",
            scheme,
            x=0.01,
            ha="left",
            color=scheme.rules[name],
        )
    return figure


def rates(scheme: Scheme) -> Figure:
    """Gradient descent with three learning rates: too low, the best, and one that diverges."""
    figure, axes = panels(1.75, 1, 3)
    optimum = quickest()["sgd"]["alpha"]
    shares = ((0.2, "slow"), (1, "best"), (1.07, "diverges"))
    for ax, (share, title) in zip(axes, shares, strict=True):
        ground(ax, QUADRATIC, scheme)
        path = QUADRATIC.path("sgd", "l2", QUADRATIC_STEPS, {"alpha": share * optimum})
        colour = scheme.warning if title == "diverges" else scheme.accent
        trace(ax, path, colour, 1.2, 2.6)
        ax.set_title(rf"$\alpha = {share * optimum:.2g}$: {title}", color=colour, fontsize=10.5)
    return figure


_QUADRATIC_ENDS = (
    "Written below each: the learning rate, and the value of f in the end. Gradient descent, "
    "momentum and Nesterov momentum have the best parameters that there are for these curvatures, "
    "the others the best learning rate of 1, 2 and 5 times powers of ten that never leads above "
    "the start."
)

PICTURES = {
    "trajectories-quadratic": Picture(
        partial(race, QUADRATIC, on_quadratic),
        "Paths of six optimizers over the contours of a long, narrow bowl. Gradient descent "
        "zigzags, momentum swings, the others take a bend.",
        f"{QUADRATIC_STEPS} steps from the dot on a quadratic whose curvatures are 1 and "
        f"{QUADRATIC.condition}, one dot each; gradient descent again in grey. {_QUADRATIC_ENDS}",
    ),
    "trajectories-rosenbrock": Picture(
        partial(race, ROSENBROCK, on_rosenbrock),
        "Paths of six optimizers through the bent valley of Rosenbrock's function. All reach its "
        "floor soon; how far they get along it differs.",
        f"{ROSENBROCK_STEPS} steps on Rosenbrock's function $(1 - x)^2 + 100 (y - x^2)^2$ from the "
        "dot towards the cross, a dot for every fifth; gradient descent again in grey. Each has "
        "the best learning rate of 1, 2 and 5 times powers of ten that never leads above the "
        "start; it is written below, with the value of f in the end.",
    ),
    "trajectories-saddle": Picture(
        partial(race, SADDLE, on_saddle),
        "Paths of six optimizers past a saddle. Gradient descent goes straight to it and lingers; "
        "Adagrad, RMSprop and Adam cut the corner.",
        f"{SADDLE_STEPS} steps on $x^2/2 - y^2/2 + y^4/4$ from {SADDLE.start[1]:g} beside the "
        rf"ridge, all with $\alpha = {SADDLE_RATE}$. Gradient descent meets the saddle, where the "
        "gradient is small; rules that divide by its size leave at once. Written below: when they "
        "are halfway to the minimum.",
    ),
    "trajectory-sgd": Picture(
        rates,
        "Three paths of gradient descent in a narrow bowl: a slow one, one that zigzags to the "
        "minimum, and one whose zigzags grow.",
        f"{QUADRATIC_STEPS} steps of gradient descent on a quadratic whose curvatures are 1 and "
        f"{QUADRATIC.condition}. The best learning rate is $2/(L + \\mu)$; beyond $2/L$ the steps "
        "grow.",
    ),
    **{
        f"trajectory-{rule}": Picture(
            partial(alone, rule),
            f"The paths of {NAMES[rule]} and of gradient descent over the contours of a long, "
            "narrow bowl.",
            f"{QUADRATIC_STEPS} steps of {NAMES[rule]} and of gradient descent on a quadratic "
            f"whose curvatures are 1 and {QUADRATIC.condition}, one dot each. Written above: the "
            "learning rate, and the value of f in the end.",
        )
        for rule in RULES
        if rule != "sgd"
    },
}
