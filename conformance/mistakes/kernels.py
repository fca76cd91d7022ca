"""Mistakes with a sliding kernel: how it is kept, and how it is read."""

from __future__ import annotations

from .alter import given
from .mistake import Mistake
from .passes import (
    exchanged_channels,
    exchanged_places,
    forward,
    kernel,
    returned_channels,
    returned_places,
    reversed_places,
)

_GITHUB = "https://github.com"

KERNEL = (
    Mistake(
        "kernel-reversed",
        "the kernel is reversed along its spatial axes",
        kernel(reversed_places, reversed_places),
        links=(
            f"{_GITHUB}/tensorflow/tensorflow/issues/11864",
            f"{_GITHUB}/PTB-MR/mrpro/issues/811",
            f"{_GITHUB}/FluxML/NNlib.jl/issues/208",
        ),
    ),
    Mistake(
        "kernel-transposed",
        "the last two axes of the kernel are exchanged, and with them its sizes",
        forward(given(w=lambda s: s.w.swapaxes(-2, -1) if s.w.ndim > 3 else s.w)),
    ),
    Mistake(
        "kernel-axes",
        "the spatial axes of the kernel are exchanged in memory; its sizes are not",
        kernel(exchanged_places, returned_places),
    ),
    Mistake(
        "kernel-channels",
        "the input and output channels of the kernel are exchanged",
        kernel(exchanged_channels, returned_channels),
    ),
)
