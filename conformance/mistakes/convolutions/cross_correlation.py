"""Mistakes with cross-correlation and convolution of arrays, which invite the same."""

from __future__ import annotations

import numpy as np

from ..alter import computed, given
from ..edit import edit
from ..mistake import Mistake
from ..passes import backward, forward, only

MISTAKES = (
    Mistake(
        "reversed",
        "y is reversed, as if the arrays were exchanged",
        forward(computed(y=lambda _, out: np.flip(out["y"]))),
    ),
    Mistake(
        "same-end",
        "`same` leaves the odd element out at the other end",
        edit({"(k // 2, (k - 1) // 2)": "((k - 1) // 2, k // 2)"}),
    ),
    Mistake(
        "dx-reversed",
        "the gradient of x meets the kernel in the wrong direction",
        only("dx", given(w=lambda s: np.flip(s.w))),
    ),
    Mistake(
        "dw-reversed",
        "the gradient of the kernel is reversed",
        backward(computed(dw=lambda _, out: np.flip(out["dw"]))),
    ),
    Mistake(
        "dw-mean",
        "the gradient of the kernel is a mean, not a sum",
        backward(computed(dw=lambda s, out: out["dw"] / max(s.dy.size, 1))),
    ),
)
