"""Mistakes with the velocity of momentum."""

from ..alter import moving, takes, where
from ..edit import edit, occurs
from ..mistake import Mistake

_GITHUB = "https://github.com"

MISTAKES = (
    Mistake(
        "beta-on-gradient",
        "beta multiplies the gradient, not the old velocity, which never fades",
        edit(
            {"ctx.store(ctx.store(ctx.store(beta) * a) + g)": "ctx.store(a + beta * g)"},
            {"ctx.store(beta * a) - ctx.store(alpha * g)": "a - beta * (alpha * g)"},
        ),
        links=(f"{_GITHUB}/ooples/AiDotNet/issues/2008",),
    ),
    Mistake(
        "weight-twice",
        "the velocity, already an average, is multiplied by 1 - beta again",
        where(
            occurs("(1 - beta) * g"),
            edit({"ctx.store(alpha * a)": "ctx.store(alpha * (1 - beta) * a)"}),
        ),
        links=(f"{_GITHUB}/mdenil/dropout/issues/4",),
    ),
    Mistake(
        "nesterov-always",
        "the step looks ahead as Nesterov's, although nobody asked for it",
        moving(where(takes("a"), edit({"ctx.store(alpha) * a": "alpha * (g + beta * a)"}))),
    ),
)
