"""The windows of conv_transpose's dialects: how much is cut off y. Integers only.

x is an image (N, C, *S) and w a kernel (C, O/groups, *K), of which only the shapes matter. Uncut,
an axis of y has (S - 1) stride + dilation (K - 1) + 1 elements.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .meetings import Meetings, Pads, spread

Tensor = np.ndarray
Axes = Sequence[int]


def adjoint(
    x: Tensor,
    w: Tensor,
    groups: int,
    stride: Axes,
    dilation: Axes,
    padding: Pads,
    output_padding: Axes,
) -> Meetings:
    """As much as said at either end, less the output padding at the end."""
    uncut = zip(x.shape[2:], w.shape[2:], stride, dilation, padding, output_padding, strict=True)
    sizes = [
        max((n - 1) * s - low - high + d * (k - 1) + extra + 1, 0)
        for n, k, s, d, (low, high), extra in uncut
    ]
    lows = [low for low, _ in padding]
    return spread(x.shape, w.shape, groups, stride, dilation, lows, sizes)


def same(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """What exceeds the size of x times the stride; if that is odd, more at the end."""
    axes = zip(w.shape[2:], stride, dilation, strict=True)
    lows = [max(d * (k - 1) + 1 - s, 0) // 2 for k, s, d in axes]
    sizes = [n * s for n, s in zip(x.shape[2:], stride, strict=True)]
    return spread(x.shape, w.shape, groups, stride, dilation, lows, sizes)


def valid(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """Nothing; a kernel shorter than the stride leaves zeros after the last element, too."""
    axes = zip(x.shape[2:], w.shape[2:], stride, dilation, strict=True)
    sizes = [n * s + max(d * (k - 1) + 1 - s, 0) for n, k, s, d in axes]
    return spread(x.shape, w.shape, groups, stride, dilation, [0] * len(stride), sizes)
