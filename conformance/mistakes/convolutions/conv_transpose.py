"""Mistakes with transposed convolution."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ..alter import computed, given, takes, where
from ..edit import edit
from ..mistake import Mistake
from ..passes import forward
from ..sliding import SLIDING

_GITHUB = "https://github.com"
_LOWS = "[low for low, _ in padding]"
_CUT = "max(d * (k - 1) + 1 - s, 0)"


def _unfilled(s: SimpleNamespace, out: dict[str, Any]) -> np.ndarray:
    """Without products in what output padding adds: there y is the bias, or 0."""
    y = out["y"].copy()
    bias = getattr(s, "b", None)
    for axis, extra in enumerate(s.output_padding, start=2):
        start = y.shape[axis] - extra
        for index in np.ndindex(y.shape):
            if index[axis] >= start:
                y[index] = s.ctx.tensor(0.0) if bias is None else bias[index[1]]
    return y


MISTAKES = (
    Mistake(
        "output-padding-unfilled",
        "what output padding adds has the bias alone",
        where(takes("output_padding"), forward(computed(y=_unfilled))),
    ),
    Mistake(
        "output-padding-start",
        "the output padding is added at the start",
        edit({_LOWS: "[p[0] - extra for p, extra in zip(padding, output_padding)]"}),
    ),
    Mistake(
        "output-padding-ignored",
        "output padding is ignored",
        forward(given(output_padding=lambda s: (0,) * len(s.output_padding))),
        links=(
            f"{_GITHUB}/pytorch/pytorch/issues/104206",
            f"{_GITHUB}/apache/tvm/pull/18635",
        ),
    ),
    Mistake(
        "same-cut",
        "the odd element is cut off at the start",
        edit({f"{_CUT} // 2": f"-(-{_CUT} // 2)"}),
        links=(f"{_GITHUB}/keras-team/keras/pull/22876",),
    ),
    *SLIDING,
)
