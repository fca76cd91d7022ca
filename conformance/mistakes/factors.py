"""Factors of products that are made shorter before they meet."""

from . import restate
from .mistake import Mistake

_GITHUB = "https://github.com"

FACTORS = (
    Mistake(
        "factors-cut",
        "the factors of every product are cut off to 11 bits, as tensor cores read float32",
        restate=restate.cut_to_tf32,
        links=(
            f"{_GITHUB}/pytorch/pytorch/issues/153698",
            f"{_GITHUB}/pytorch/pytorch/issues/107514",
        ),
    ),
    Mistake(
        "factors-in-bfloat16",
        "the factors of every product are rounded to bfloat16, sums are not",
        restate=restate.factors_in_bfloat16,
    ),
)
