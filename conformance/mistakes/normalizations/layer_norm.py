"""Mistakes with the axes that layer normalization is over."""

from ..edit import edit
from ..mistake import Mistake
from ..normalizing import SHARED

MISTAKES = (
    Mistake(
        "last-axis-only",
        "only the last axis is normalized over, not all from `axis` on",
        edit({"shape[:axis]": "shape[:-1]", "i[:axis]": "i[:-1]"}),
    ),
    *SHARED,
)
