"""How every picture looks: two colour schemes, and one colour for each rule in all pictures.

The hues are those of M. Okabe and K. Ito, Color universal design (2008), which people with any
kind of colour vision tell apart; each scheme has them as dark or as light as its background needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.style import context
from numpy.typing import ArrayLike

WIDTH = 6.2
"""Inches. A page shows that at its natural size; a phone shows it at a little more than half."""


@dataclass(frozen=True)
class Scheme:
    """The colours of pictures on a light or a dark page, whose background shows through."""

    name: str
    page: str
    text: str
    muted: str
    grid: str
    accent: str
    second: str
    warning: str
    rules: Mapping[str, str]

    def mix(self, colour: str, share: float) -> str:
        """A colour thinned with the page's, of which this share remains."""
        pairs = zip(to_rgb(colour), to_rgb(self.page), strict=True)
        red, green, blue = (share * x + (1 - share) * y for x, y in pairs)
        return to_hex((red, green, blue))


LIGHT = Scheme(
    name="light",
    page="#fdfdfc",
    text="#24292e",
    muted="#5f6872",
    grid="#dfe3e8",
    accent="#00796b",
    second="#0a5fa8",
    warning="#c2410c",
    rules={
        "sgd": "#6b7280",
        "momentum": "#0a5fa8",
        "nesterov": "#2f95c9",
        "adagrad": "#b87a00",
        "rmsprop": "#00866a",
        "adadelta": "#b5568f",
        "adam": "#cf4a0a",
        "adamw": "#7a3fb0",
    },
)
DARK = Scheme(
    name="dark",
    page="#13191b",
    text="#d5dbe1",
    muted="#97a1ab",
    grid="#383e48",
    accent="#5cc8c0",
    second="#6aa9f2",
    warning="#ff8552",
    rules={
        "sgd": "#a7b0ba",
        "momentum": "#6aa9f2",
        "nesterov": "#93dcf2",
        "adagrad": "#f2b632",
        "rmsprop": "#3cc79a",
        "adadelta": "#e39bc4",
        "adam": "#ff8552",
        "adamw": "#bd9bf0",
    },
)
SCHEMES = (LIGHT, DARK)

NAMES = {
    "sgd": "gradient descent",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adadelta": "Adadelta",
    "adam": "Adam",
    "adamw": "AdamW",
}
"""What pictures call the rules."""


@contextmanager
def drawn_in(scheme: Scheme) -> Iterator[None]:
    """Draw in a scheme as long as this lasts; letters become paths, the same on every machine."""
    settings: dict[str, Any] = {
        "axes.edgecolor": scheme.muted,
        "axes.facecolor": "none",
        "axes.grid": True,
        "axes.labelcolor": scheme.text,
        "axes.labelsize": 10.5,
        "axes.linewidth": 0.7,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 11,
        "axes.titlepad": 7,
        "figure.facecolor": "none",
        "font.family": "DejaVu Sans",
        "font.size": 10.5,
        "grid.color": scheme.grid,
        "grid.linewidth": 0.6,
        "lines.linewidth": 1.8,
        "lines.solid_capstyle": "round",
        "mathtext.fontset": "dejavusans",
        "path.simplify": True,
        "savefig.facecolor": "none",
        "svg.fonttype": "path",
        "svg.hashsalt": "goldenrule",
        "text.color": scheme.text,
        "xtick.color": scheme.muted,
        "xtick.labelsize": 9.5,
        "xtick.major.size": 0,
        "xtick.minor.size": 0,
        "ytick.color": scheme.muted,
        "ytick.labelsize": 9.5,
        "ytick.major.size": 0,
        "ytick.minor.size": 0,
    }
    with context(settings, after_reset=True):
        yield


def canvas(height: float, width: float = WIDTH) -> Figure:
    """An empty figure of some inches."""
    return Figure(figsize=(width, height), layout="constrained")


def panels(
    height: float, rows: int, columns: int, width: float = WIDTH
) -> tuple[Figure, list[Axes]]:
    """A figure of equal panels, row by row."""
    figure = canvas(height, width)
    axes = figure.subplots(rows, columns, squeeze=False)
    return figure, list(axes.ravel())


def bare(ax: Axes) -> None:
    """Take everything off a panel but what is drawn in it."""
    ax.set_axis_off()


def dots(ax: Axes, x: ArrayLike, y: ArrayLike, colour: str, size: float, **drawn: Any) -> None:
    """Draw dots as one path, the round ends of lines of no length: a marker each takes far more."""
    places = np.repeat(np.column_stack((x, y)), 2, axis=0)
    path = Path(places, [Path.MOVETO, Path.LINETO] * (len(places) // 2))
    path.should_simplify = False
    ends = {"capstyle": "round", "fill": False, **drawn}
    ax.add_patch(PathPatch(path, edgecolor=colour, linewidth=size, **ends))


def label(ax: Axes, x: float, y: float, text: str, colour: str, **placed: Any) -> None:
    """Write beside a curve what it is, in its colour."""
    given = {"xytext": (6, 0), "va": "center", "fontsize": 10.5, **placed}
    ax.annotate(text, (x, y), textcoords="offset points", color=colour, **given)
