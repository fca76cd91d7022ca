"""The windows of conv's dialects: how wide a border x has, and what stands there. Integers only.

x is an image (N, C, *S) and w a kernel (O, C/groups, *K), of which only the shapes matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .meetings import Meetings, Outside, Pads, Shape, Y, padded, slide

Tensor = np.ndarray
Axes = Sequence[int]


# HOW WIDE


def zeros(
    x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes, padding: Pads
) -> Meetings:
    """As wide as said."""
    return slide(x.shape, w.shape, groups, stride, dilation, padding)


def valid(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """No border."""
    return slide(x.shape, w.shape, groups, stride, dilation, [(0, 0)] * len(stride))


def same_upper(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """So wide that y is as large as x over the stride; wider by one at the end if that is odd."""
    totals = _totals(x.shape, w.shape, stride, dilation)
    padding = [(total // 2, total - total // 2) for total in totals]
    return slide(x.shape, w.shape, groups, stride, dilation, padding)


def same_lower(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """So wide that y is as large as x over the stride; wider by one at the start if that is odd."""
    totals = _totals(x.shape, w.shape, stride, dilation)
    padding = [(total - total // 2, total // 2) for total in totals]
    return slide(x.shape, w.shape, groups, stride, dilation, padding)


def causal(x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes) -> Meetings:
    """At the start alone, so wide that y sees nothing of x that comes later."""
    padding = [((k - 1) * d, 0) for k, d in zip(w.shape[2:], dilation, strict=True)]
    return slide(x.shape, w.shape, groups, stride, dilation, padding)


def _totals(x: Shape, w: Shape, stride: Axes, dilation: Axes) -> list[int]:
    axes = zip(x[2:], w[2:], stride, dilation, strict=True)
    return [max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0) for n, k, s, d in axes]


# WHAT STANDS THERE: zeros above; else of an axis of some length the element for place j


def reflect(
    x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes, padding: Pads
) -> Meetings:
    """The mirror image."""
    return slide(x.shape, w.shape, groups, stride, dilation, padding, mirrored)


def replicate(
    x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes, padding: Pads
) -> Meetings:
    """The outermost element, again and again."""
    return slide(x.shape, w.shape, groups, stride, dilation, padding, nearest)


def circular(
    x: Tensor, w: Tensor, groups: int, stride: Axes, dilation: Axes, padding: Pads
) -> Meetings:
    """The image again."""
    return slide(x.shape, w.shape, groups, stride, dilation, padding, wrapped)


def mirrored(j: int, length: int) -> int:
    """The mirror is the outermost element, which is not repeated.

    >>> [mirrored(j, 4) for j in range(-2, 6)]
    [2, 1, 0, 1, 2, 3, 2, 1]
    """
    period = max(2 * (length - 1), 1)
    return min(j % period, -j % period)


def nearest(j: int, length: int) -> int:
    """The outermost element stands for all beyond it.

    >>> [nearest(j, 4) for j in range(-2, 6)]
    [0, 0, 0, 1, 2, 3, 3, 3]
    """
    return min(max(j, 0), length - 1)


def wrapped(j: int, length: int) -> int:
    """The other end follows on the last element.

    >>> [wrapped(j, 4) for j in range(-2, 6)]
    [2, 3, 0, 1, 2, 3, 0, 1]
    """
    return j % length


def in_two_steps(
    x: Tensor,
    w: Tensor,
    groups: int,
    stride: Axes,
    dilation: Axes,
    padding: Pads,
    outside: Outside,
) -> tuple[Meetings, Meetings]:
    """The meetings of x and its padded image, and those of the padded image with the kernel."""
    copies = padded(x.shape, padding, outside)
    none = [(0, 0)] * len(stride)
    return copies, slide(copies.shapes[Y], w.shape, groups, stride, dilation, none)
