"""The sums of convolutions: over what meets in each element of y, x, w or b.

`at` are the meetings of a window; inside, tensors are flat. What lies outside an image is 0, and
what a transformed algorithm mixes with a window is the whole image.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..contexts.context import Context
from .meetings import Meetings, W, X, Y

Tensor = np.ndarray


# WHOLE RULES


def forward(
    ctx: Context, at: Meetings, x: Tensor, w: Tensor, b: Tensor | None
) -> dict[str, Tensor]:
    """Dots, and the bias last."""
    # ACCUMULATE
    y = output(ctx, at, x, w)
    # BIAS
    if b is not None:
        y = ctx.store(y) + b.reshape(-1, *[1] * (y.ndim - 2))
    return {"y": y}


def bias_first(ctx: Context, at: Meetings, x: Tensor, w: Tensor, b: Tensor) -> dict[str, Tensor]:
    """Dots that start from the bias, which is one more product."""
    x, w = _bordered(x), w.ravel()
    channels = [index[1] for index in np.ndindex(at.shapes[Y])]
    # ACCUMULATE
    y = [
        ctx.fdot([b[o], *x[window]], [1, *w[k]], among=x[image])
        for o, (window, k, image) in zip(channels, at.of(Y, X, W), strict=True)
    ]
    return {"y": _shaped(y, at.shapes[Y])}


def backward(ctx: Context, at: Meetings, dy: Tensor, x: Tensor, w: Tensor) -> dict[str, Tensor]:
    """The gradients of sum(dy * y), each element a sum over all that it met."""
    # ACCUMULATE
    gradients = {"dx": dx(ctx, at, dy, w), "dw": dw(ctx, at, dy, x)}
    # BIAS
    return gradients | {"db": db(ctx, dy)}


def folded_backward(
    ctx: Context, at: Meetings, steps: tuple[Meetings, Meetings], dy: Tensor, x: Tensor, w: Tensor
) -> dict[str, Tensor]:
    """The gradient of the padded image first; then dx, each element the sum over its copies."""
    copies, inside = steps
    # ACCUMULATE
    padded = ctx.store(dx(ctx, inside, dy, w)).ravel()
    folded = [ctx.fsum(padded[places]) for places, _, _ in copies.of(X, Y, W)]
    gradients = {"dx": _shaped(folded, x.shape), "dw": dw(ctx, at, dy, x)}
    # BIAS
    return gradients | {"db": db(ctx, dy)}


def plain(ctx: Context, at: Meetings, x: Tensor, w: Tensor) -> dict[str, Tensor]:
    """Dots, of arrays that have places alone."""
    # ACCUMULATE
    y = output(ctx, at, x, w)
    return {"y": y.reshape(y.shape[2:])}


def plain_backward(
    ctx: Context, at: Meetings, dy: Tensor, x: Tensor, w: Tensor
) -> dict[str, Tensor]:
    """The gradients of sum(dy * y), of arrays that have places alone."""
    # ACCUMULATE
    return {
        "dx": dx(ctx, at, dy, w).reshape(x.shape),
        "dw": dw(ctx, at, dy, x).reshape(w.shape),
    }


# SUMS


def output(ctx: Context, at: Meetings, x: Tensor, w: Tensor) -> Tensor:
    """y: each element the dot of a window of x with the kernel."""
    x, w = _bordered(x), w.ravel()
    y = [ctx.fdot(x[window], w[k], among=x[image]) for window, k, image in at.of(Y, X, W)]
    return _shaped(y, at.shapes[Y])


def dx(ctx: Context, at: Meetings, dy: Tensor, w: Tensor) -> Tensor:
    """The gradient of x: each element the dot of all dy that it reached, with the kernel."""
    dy, w = _bordered(dy.reshape(at.shapes[Y])), w.ravel()
    dx = [ctx.fdot(dy[reached], w[k], among=dy[image]) for reached, k, image in at.of(X, Y, W)]
    return _shaped(dx, at.shapes[X])


def dw(ctx: Context, at: Meetings, dy: Tensor, x: Tensor) -> Tensor:
    """The gradient of w: each element the dot of all x that it met, with dy."""
    dy, x = dy.reshape(at.shapes[Y]).ravel(), _bordered(x)
    dw = [ctx.fdot(x[met], dy[k], among=x[image]) for met, k, image in at.of(W, X, Y)]
    return _shaped(dw, at.shapes[W])


def db(ctx: Context, dy: Tensor) -> Tensor:
    """The gradient of b: each element the sum of a channel of dy."""
    return _shaped([ctx.fsum(dy[:, o]) for o in range(dy.shape[1])], dy.shape[1:2])


def _bordered(image: Tensor) -> Tensor:
    """An image, flat, and at the end the 0 that stands for whatever is outside."""
    return np.append(image.ravel(), 0)


def _shaped(numbers: list[Any], shape: tuple[int, ...]) -> Tensor:
    return np.array(numbers, dtype=object).reshape(shape)
