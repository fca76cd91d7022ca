"""Mistakes with the groups of channels."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function

from ..alter import computed, given
from ..mistake import Mistake
from ..normalizing import SHARED
from ..passes import forward

_GITHUB = "https://github.com"


def _channels_last(x: np.ndarray) -> np.ndarray:
    """The numbers of x with channels last, read as if they came first."""
    return np.moveaxis(x, 1, -1).reshape(x.shape)


def _channels_first(y: np.ndarray) -> np.ndarray:
    """Undo it."""
    shape = (y.shape[0], *y.shape[2:], y.shape[1])
    return np.moveaxis(y.reshape(shape), -1, 1)


def _reshaped(function: Function) -> Function | None:
    """Group the numbers of x in an order in which channels come last; then scale and shift."""

    def y(s: SimpleNamespace, _: Any) -> Any:
        xhat = function(s.ctx, _channels_last(s.x), groups=s.groups, eps=s.eps)["y"]
        return _affine(s, _channels_first(xhat))

    return computed(y=y)(function)


def _affine(s: SimpleNamespace, xhat: np.ndarray) -> Any:
    """Scale and shift every channel, or every group where there are fewer parameters."""
    gamma, beta = getattr(s, "gamma", None), getattr(s, "beta", None)
    for parameter, combine in ((gamma, np.multiply), (beta, np.add)):
        if parameter is not None:
            each = np.repeat(parameter, xhat.shape[1] // len(parameter))
            xhat = combine(xhat, each.reshape(-1, *[1] * (xhat.ndim - 2)))
    return xhat


MISTAKES = (
    Mistake(
        "groups-for-channels",
        "groups is taken for the number of channels in a group",
        given(groups=lambda s: s.x.shape[1] // s.groups),
    ),
    Mistake("one-group", "all channels of a sample are one group", given(groups=lambda _: 1)),
    Mistake(
        "group-for-each-channel",
        "every channel is a group of its own",
        given(groups=lambda s: s.x.shape[1]),
    ),
    Mistake(
        "groups-over-space",
        "x has its channels last and is cut into groups as if they came first",
        forward(_reshaped),
        links=(
            f"{_GITHUB}/tensorflow/addons/issues/751",
            f"{_GITHUB}/titu1994/Keras-Group-Normalization/issues/6",
        ),
    ),
    *SHARED,
)
