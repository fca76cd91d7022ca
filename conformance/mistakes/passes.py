"""Ways to alter one pass of a layer or one of its gradients, and the kernels of convolutions."""

from __future__ import annotations

from functools import wraps
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.context import Context

from .alter import chain, computed, given, takes, where
from .mistake import Transform

is_backward = takes("dy")


def forward(alter: Transform) -> Transform:
    """Alter what computes y."""
    return where(lambda function: not is_backward(function), alter)


def backward(alter: Transform) -> Transform:
    """Alter what computes gradients."""
    return where(is_backward, alter)


def only(gradient: str, alter: Transform) -> Transform:
    """Let one gradient alone go wrong."""

    def transform(function: Function) -> Function | None:
        wrong = alter(function)
        if wrong is None:
            return None

        @wraps(function)
        def call(ctx: Context, **symbols: Any) -> dict[str, Any]:
            return function(ctx, **symbols) | {gradient: wrong(ctx, **symbols)[gradient]}

        return call

    return backward(transform)


def kernel(change: Any, undone: Any) -> Transform:
    """Keep the kernel in another way in both passes; its gradient is kept the same way."""
    there = forward(given(w=lambda s: change(s.w)))
    back = chain(given(w=lambda s: change(s.w)), computed(dw=lambda _, out: undone(out["dw"])))
    return lambda function: there(function) or backward(back)(function)


def reversed_places(w: np.ndarray) -> np.ndarray:
    """A kernel reversed along its spatial axes."""
    return np.flip(w, tuple(range(2, w.ndim)))


def exchanged_places(w: np.ndarray) -> np.ndarray:
    """A kernel whose numbers are read with its spatial axes in the opposite order."""
    pair, sizes = w.shape[:2], w.shape[2:]
    backwards = w.reshape(*pair, *sizes[::-1])
    return backwards.transpose(0, 1, *range(w.ndim - 1, 1, -1))


def returned_places(w: np.ndarray) -> np.ndarray:
    """A kernel whose numbers are written with its spatial axes in the opposite order."""
    return w.transpose(0, 1, *range(w.ndim - 1, 1, -1)).reshape(w.shape)


def exchanged_channels(w: np.ndarray) -> np.ndarray:
    """A kernel whose numbers are read with inputs and outputs exchanged."""
    return w.reshape(w.shape[1], w.shape[0], *w.shape[2:]).swapaxes(0, 1)


def returned_channels(w: np.ndarray) -> np.ndarray:
    """A kernel whose numbers are written with inputs and outputs exchanged."""
    return w.swapaxes(0, 1).reshape(w.shape)
