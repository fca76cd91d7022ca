"""Which elements of an image meet in an output of each convolution, on one axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from goldenrule.reference.windows import borders, crops, overlaps
from goldenrule.reference.windows.meetings import Meetings

from . import combs
from .combs import Comb, Places
from .picture import Picture
from .style import Scheme, panels

SIZE, KERNEL = 7, 3


def window(
    of: Callable[..., Meetings],
    size: int,
    kernel: int = KERNEL,
    *,
    stride: int = 1,
    dilation: int = 1,
    **border: Any,
) -> Meetings:
    """The meetings of a convolution on one axis, with one sample and one channel."""
    x, w = np.zeros((1, 1, size)), np.zeros((1, 1, kernel))
    return of(x, w, 1, (stride,), (dilation,), **border)


def padded(low: int, high: int) -> Mapping[str, Any]:
    """The padding of one axis as a convolution takes it."""
    return {"padding": ((low, high),)}


SLIDING: Mapping[str, tuple[Callable[..., Meetings], Mapping[str, Any]]] = {
    "kernel 3": (borders.valid, {}),
    "stride 2": (borders.valid, {"stride": 2}),
    "dilation 2": (borders.valid, {"dilation": 2}),
    "padding 1": (borders.zeros, padded(1, 1)),
}
SAME: Mapping[str, tuple[Callable[..., Meetings], Mapping[str, Any]]] = {
    "same_upper": (borders.same_upper, {"stride": 2}),
    "same_lower": (borders.same_lower, {"stride": 2}),
    "zeros, padding 1": (borders.zeros, {"stride": 2, **padded(1, 1)}),
    "causal": (borders.causal, {"stride": 2}),
}
SPREAD: Mapping[str, tuple[Callable[..., Meetings], Mapping[str, Any]]] = {
    "valid": (crops.valid, {"stride": 2}),
    "same": (crops.same, {"stride": 2}),
    "adjoint, padding 1": (crops.adjoint, {"stride": 2, **padded(1, 1), "output_padding": (0,)}),
    "with output padding 1": (
        crops.adjoint,
        {"stride": 2, **padded(1, 1), "output_padding": (1,)},
    ),
}
OVERLAPS = {"full": overlaps.full, "same": overlaps.same, "valid": overlaps.valid}
SAME_SIZE, SPREAD_SIZE, OVERLAP_SIZE, OVERLAP_KERNEL = 6, 4, 6, 4


def slid(of: Callable[..., Meetings], size: int, **given: Any) -> Comb:
    """A convolution's comb."""
    steps = given.get("stride", 1), given.get("dilation", 1)
    return combs.sliding(window(of, size, **given), *steps)


def spread(of: Callable[..., Meetings], size: int, **given: Any) -> Comb:
    """A transposed convolution's comb."""
    steps = given.get("stride", 1), given.get("dilation", 1)
    return combs.spreading(window(of, size, **given), *steps)


def overlapped(of: Callable[..., Meetings]) -> Comb:
    """The comb of a cross-correlation."""
    return combs.sliding(of(np.zeros(OVERLAP_SIZE), np.zeros(OVERLAP_KERNEL)), 1, 1)


def draw_windows(scheme: Scheme) -> Figure:
    """Plain, and with stride, dilation and padding."""
    found = {name: slid(of, SIZE, **given) for name, (of, given) in SLIDING.items()}
    return _sheet(found, Places.aligned, ("y", 1), 2, scheme)


def draw_same(scheme: Scheme) -> Figure:
    """Borders that keep the size."""
    found = {name: slid(of, SAME_SIZE, **given) for name, (of, given) in SAME.items()}
    return _sheet(found, Places.aligned, ("y", 0), 2, scheme)


def draw_transpose(scheme: Scheme) -> Figure:
    """What is cut off a transposed convolution."""
    found = {name: spread(of, SPREAD_SIZE, **given) for name, (of, given) in SPREAD.items()}
    return _sheet(found, Places.spread, ("x", 1), 2, scheme)


def draw_overlaps(scheme: Scheme) -> Figure:
    """Full, same and valid."""
    found = {name: overlapped(of) for name, of in OVERLAPS.items()}
    return _sheet(found, Places.aligned, ("y", 0), 1, scheme)


def _sheet(
    found: Mapping[str, Comb],
    aligned: Callable[[Comb], Places],
    chosen: tuple[str, int],
    columns: int,
    scheme: Scheme,
) -> Figure:
    """Draw combs on one scale."""
    rows = -(-len(found) // columns)
    figure, axes = panels(rows * (1.42 if columns == 2 else 1.4), rows, columns)
    for ax, (name, comb) in zip(axes, found.items(), strict=True):
        combs.draw(ax, comb, aligned(comb), scheme, *chosen)
        ax.set_title(f"{name}: {len(comb.below)} outputs", pad=5)
    west, east = zip(*(ax.get_xlim() for ax in axes), strict=True)
    for ax in axes:
        ax.set_xlim(min(west), max(east))
    return figure


_SQUARES = "Dashed squares are zeros beyond the ends of x."

PICTURES = {
    "convolution-windows": Picture(
        draw_windows,
        "Rows of squares, x above and y below, joined by lines. An output meets three neighbours; "
        "with stride 2 every second place has an output, with dilation 2 every second element is "
        "met, with padding 1 two more outputs fit.",
        f"Which elements of x meet in each output of a convolution whose kernel has {KERNEL} "
        f"elements, for {SIZE} elements of x; the second output in colour. {_SQUARES}",
    ),
    "convolution-same": Picture(
        draw_same,
        "Four combs with the same number of outputs, of which the first meets other elements: its "
        "border is at the end, at the start, at the start again, or twice at the start.",
        f"Which side gets the border, for {SAME_SIZE} elements, a kernel of {KERNEL} and stride 2. "
        "`same_upper` and `same_lower` need one zero, and put it at the end or at the start. A "
        "padding of 1 puts one at either end, of which the last meets nothing here: it does what "
        f"`same_lower` does. `causal` sees nothing that comes later. {_SQUARES}",
    ),
    "convolution-transpose": Picture(
        draw_transpose,
        "Four combs that widen from x above to y below. They differ in how many squares of y are "
        "cut off at the ends.",
        f"Transposed convolution with a kernel of {KERNEL} elements and stride 2: every one of the "
        f"{SPREAD_SIZE} elements of x spreads the kernel over y; what the second adds to is in "
        "colour. Dashed squares are cut off.",
    ),
    "convolution-overlaps": Picture(
        draw_overlaps,
        "Three combs. The first starts with an output that meets one element and three zeros, the "
        "second with two of each, the third with four elements.",
        f"`full`, `same` and `valid` for {OVERLAP_SIZE} elements of x and a kernel of "
        f"{OVERLAP_KERNEL}; the first output in colour. {_SQUARES}",
    ),
}
