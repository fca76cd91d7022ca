"""Which elements of a tensor each normalization averages over, and which share a gamma."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from goldenrule.reference.partitions import partition
from goldenrule.reference.partitions.partition import Blocks, Partition, Shape

from .picture import Picture
from .style import Scheme, bare, panels

SHAPE = (3, 4, 2, 2)
"""Samples, channels, height and width."""
GROUPS = 2

PARTITIONS: dict[str, Callable[[Shape], Partition]] = {
    "batch norm": partition.channels,
    "instance norm": partition.instances,
    "layer norm": partial(partition.trailing, axis=1),
    "RMS norm": partial(partition.trailing, axis=1),
    "group norm": partial(partition.contiguous, groups=GROUPS),
    "group norm, interleaved": partial(partition.interleaved, groups=GROUPS),
}
DIALECTS: dict[str, Callable[[Shape], Partition]] = {
    "contiguous": partial(partition.contiguous, groups=GROUPS),
    "interleaved": partial(partition.interleaved, groups=GROUPS),
    "group_affine": partial(partition.shared, groups=GROUPS),
}


def tile(ax: Axes, blocks: Blocks, title: str, colour: str, scheme: Scheme) -> None:
    """Draw a tensor flat, the elements of the first block in colour."""
    samples, channels, height, width = SHAPE
    first = set(blocks.positions[0])
    for place, (n, c, h, w) in enumerate(np.ndindex(SHAPE)):
        fill = colour if place in first else scheme.mix(scheme.muted, 0.17)
        at = (c * (width + 0.35) + w, -n * (height + 0.35) - h - 1)
        ax.add_patch(Rectangle(at, 0.9, 0.9, facecolor=fill, edgecolor="none"))
    right, bottom = channels * (width + 0.35) - 0.4, -samples * (height + 0.35) + 0.3
    ax.set(xlim=(-0.9, right), ylim=(bottom, 1.0), aspect="equal")
    bare(ax)
    given = {"color": scheme.muted, "fontsize": 9, "ha": "center", "va": "center"}
    ax.text(right / 2, 0.45, f"{channels} channels", **given)
    ax.text(-0.55, bottom / 2, f"{samples} samples", rotation=90, **given)
    ax.set_title(title, fontweight="bold", pad=4)


def counted(blocks: Blocks, what: str) -> str:
    """How many blocks there are, and of how many elements."""
    [size] = {len(block) for block in blocks.positions}
    return f"{len(blocks.positions)} {what}, {size} elements each"


def draw(scheme: Scheme) -> Figure:
    """One panel for each rule."""
    figure, axes = panels(7.4, 3, 2)
    for ax, (name, made) in zip(axes, PARTITIONS.items(), strict=True):
        tile(ax, made(SHAPE).groups, name, scheme.accent, scheme)
        _below(ax, counted(made(SHAPE).groups, "groups"), scheme.accent)
    return figure


def draw_dialects(scheme: Scheme) -> Figure:
    """Group normalization's dialects: the groups above, what shares a gamma below."""
    figure, axes = panels(4.1, 2, 3)
    rows: Sequence[tuple[str, str]] = (("groups", scheme.accent), ("sharing", scheme.second))
    for (row, colour), of_row in zip(rows, (axes[:3], axes[3:]), strict=True):
        for ax, (name, made) in zip(of_row, DIALECTS.items(), strict=True):
            blocks = getattr(made(SHAPE), row)
            tile(ax, blocks, name if row == "groups" else "", colour, scheme)
            what = "groups" if row == "groups" else "gammas"
            _below(ax, counted(blocks, what), colour, 9)
    return figure


def _below(ax: Axes, text: str, colour: str, size: float = 10) -> None:
    placed = {"ha": "center", "va": "top", "transform": ax.transAxes}
    ax.text(0.54, -0.02, text, color=colour, fontsize=size, **placed)


_TENSOR = (
    f"A tensor of {SHAPE[0]} samples, {SHAPE[1]} channels and {SHAPE[2]} by {SHAPE[3]} places, "
    "laid out flat: a block of four squares is one channel of one sample."
)
PICTURES = {
    "normalization-groups": Picture(
        draw,
        "Six copies of a tensor drawn as squares, one group of elements coloured in each: a "
        "channel of all samples, a channel of one sample, a whole sample, or half the channels of "
        "one.",
        f"{_TENSOR} In colour: one of the groups that an average is taken over. Layer and RMS norm "
        "have the same groups; RMS norm takes no mean. Below each: how many groups there are, of "
        "how many elements.",
    ),
    "group-norm-dialects": Picture(
        draw_dialects,
        "Three copies of a tensor with one group coloured, and below them three with the elements "
        "that share one gamma.",
        f"{_TENSOR} Above: the dialects of group norm with {GROUPS} groups, one of them in colour. "
        "Below: the elements that share the first gamma and beta, of a channel or of a whole group "
        "of channels.",
    ),
}
