"""Mistakes with the padding of the two ends of an axis."""

from __future__ import annotations

from .edit import edit
from .mistake import Mistake
from .strides import asked, backwards

_GITHUB = "https://github.com"
_LOWS = "[low for low, _ in padding]"
Pairs = tuple[tuple[int, int], ...]


def _beginnings_first(padding: Pairs) -> Pairs:
    """Pair what stands together where all beginnings come before all ends."""
    flat = [low for low, _ in padding] + [high for _, high in padding]
    return tuple(zip(flat[::2], flat[1::2], strict=True))


PADDING = (
    Mistake(
        "padding-ends",
        "the padding of the two ends is exchanged",
        edit({_LOWS: "[high for _, high in padding]"}),
    ),
    Mistake("padding-axes", "the padding of the axes is exchanged", asked(padding=backwards)),
    Mistake(
        "padding-axes-within",
        "the padding of the axes is exchanged, but not in the size of y",
        edit({_LOWS: f"{_LOWS}[::-1]"}),
    ),
    Mistake(
        "padding-order",
        "padding lists all beginnings before all ends, and is read as one pair after the other",
        asked(padding=_beginnings_first),
        links=(
            f"{_GITHUB}/microsoft/onnxruntime/pull/12537",
            f"{_GITHUB}/onnx/onnx/issues/261",
        ),
    ),
)
