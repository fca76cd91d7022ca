"""Mistakes with convolution."""

from ..edit import edit
from ..mistake import Mistake
from ..sliding import SLIDING

_TOTAL = "max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)"

MISTAKES = (
    Mistake(
        "same-without-stride",
        "SAME padding is that of stride 1",
        edit({_TOTAL: "(k - 1) * d"}),
    ),
    *SLIDING,
)
