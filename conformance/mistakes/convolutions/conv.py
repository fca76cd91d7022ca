"""Mistakes with convolution."""

from ..edit import edit
from ..mistake import Mistake
from ..sliding import SLIDING

_GITHUB = "https://github.com"
_TOTAL = "max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)"

MISTAKES = (
    Mistake(
        "same-without-stride",
        "SAME padding is that of stride 1",
        edit({_TOTAL: "(k - 1) * d"}),
        links=(
            f"{_GITHUB}/vtjeng/MIPVerify.jl/pull/23",
            f"{_GITHUB}/taehoonlee/tensornets/issues/25",
        ),
    ),
    Mistake(
        "edge-repeated",
        "the mirror stands beyond the outermost element, which is repeated",
        edit(
            {
                "max(2 * (length - 1), 1)": "2 * length",
                "min(j % period, -j % period)": "min(j % period, (-j - 1) % period)",
            }
        ),
    ),
    *SLIDING,
)
