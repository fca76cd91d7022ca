"""Borders that are not those of the dialect, and images that are cut in other places."""

# ruff: noqa: ARG005  (one signature for many functions)

from __future__ import annotations

from . import padding
from .build import crops


def other_sources(change):
    """Another border: change(dialect) names it, or gives the element at a place."""

    def extended(dialect, x, w, stride, dilation, pads):
        ends = padding.ends(dialect, x, w, stride, dilation, pads)
        return padding.sources(dialect, x.shape[2:], ends, change)

    return extended


def _symmetric(dialect, j, n):
    """The edge is repeated."""
    j %= 2 * n
    return min(j, 2 * n - 1 - j)


BORDERS = {
    "zeros_outside": lambda _, j, n: j if 0 <= j < n else None,
    "edge_outside": lambda _, j, n: min(max(j, 0), n - 1),
    "first_outside": lambda _, j, n: j if 0 <= j < n else 0,
    "circular_outside": lambda _, j, n: j % n,
    "symmetric_outside": _symmetric,
    "circular_off_by_one": lambda _, j, n: j if 0 <= j < n else (j + 1) % n,
}
OF_BORDER = {
    "zeros": "zeros_outside", "replicate": "edge_outside", "circular": "circular_outside",
}  # fmt: skip


def padded_otherwise(change):
    def extended(dialect, x, w, stride, dilation, pads):
        ends = change(dialect, x, w, stride, dilation)
        return padding.sources(dialect, x.shape[2:], ends)

    return extended


def _halves(total, upper):
    return [(n // 2, n - n // 2) if upper else (n - n // 2, n // 2) for n in total]


SAME = {
    "other_end": lambda dialect, x, w, s, d: _halves(
        padding.same(x.shape[2:], w.shape[2:], s, d), dialect == "same_lower"
    ),
    "same_without_stride": lambda dialect, x, w, s, d: _halves(
        [(k - 1) * e for k, e in zip(w.shape[2:], d, strict=True)], dialect == "same_upper"
    ),
    "same_without_dilation": lambda dialect, x, w, s, d: _halves(
        padding.same(x.shape[2:], w.shape[2:], s, [1] * len(d)), dialect == "same_upper"
    ),
}
CAUSAL = {
    "at_the_end": lambda _, x, w, s, d: [
        (0, (k - 1) * e) for k, e in zip(w.shape[2:], d, strict=True)
    ],
    "both_ends": lambda _, x, w, s, d: [
        ((k - 1) * e // 2, (k - 1) * e - (k - 1) * e // 2)
        for k, e in zip(w.shape[2:], d, strict=True)
    ],
    "own_element_left_out": lambda _, x, w, s, d: [
        ((k - 1) * e + 1, -1) for k, e in zip(w.shape[2:], d, strict=True)
    ],
    "causal_without_dilation": lambda _, x, w, s, d: [
        (k - 1, (k - 1) * (e - 1)) for k, e in zip(w.shape[2:], d, strict=True)
    ],
}


def cut_elsewhere(change):
    def cut(dialect, x, w, stride, dilation, pads, more):
        lows, sizes = crops(dialect, x, w, stride, dilation, pads, more)
        full = [
            (n - 1) * s + d * (k - 1) + 1
            for n, k, s, d in zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
        ]
        return change(lows, sizes, full, more), sizes

    return cut


CROPS = {
    "other_side": lambda lows, sizes, full, _: [
        max(f - n - lo, 0) for lo, n, f in zip(lows, sizes, full, strict=True)
    ],
    "cut_at_end_only": lambda lows, sizes, full, _: [0] * len(lows),
    "cut_at_start_only": lambda lows, sizes, full, _: [
        max(f - n, 0) for n, f in zip(sizes, full, strict=True)
    ],
    "output_padding_at_start": lambda lows, sizes, full, more: [
        max(lo - m, 0) for lo, m in zip(lows, more or [0] * len(lows), strict=True)
    ],
}


def other_half(_, w):
    return [((k - 1) // 2, k // 2) for k in w.shape]
