"""The windows of cross-correlation: how far the kernel reaches over the ends of x. Integers only.

x and w are arrays of as many axes, w nowhere longer than x; only their shapes matter.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .meetings import Meetings, slide

Tensor = np.ndarray


def full(x: Tensor, w: Tensor) -> Meetings:
    """Wherever they overlap at all."""
    return _slide(x, w, lambda k: (k - 1, k - 1))


def same(x: Tensor, w: Tensor) -> Meetings:
    """The middle of `full`, as large as x; if what is left is odd, one more is left at the end."""
    return _slide(x, w, lambda k: (k // 2, (k - 1) // 2))


def valid(x: Tensor, w: Tensor) -> Meetings:
    """Where x overlaps all of the kernel."""
    return _slide(x, w, lambda _: (0, 0))


def _slide(x: Tensor, w: Tensor, reach: Callable[[int], tuple[int, int]]) -> Meetings:
    one = (1,) * w.ndim
    reaches = [reach(k) for k in w.shape]
    return slide((1, 1, *x.shape), (1, 1, *w.shape), 1, one, one, reaches)
