"""Mistakes with RMSprop's centre and velocity."""

from ..alter import given, moving, takes, where
from ..edit import edit
from ..mistake import Mistake, unchanged
from ..restate import starting_at, with_state

MISTAKES = (
    Mistake("centre-ignored", "the mean square is not centered", moving(given(m=lambda _: None))),
    Mistake(
        "centre-always",
        "the mean square is centered, although nobody asked for it",
        moving(where(takes("m"), unchanged)),
        with_state("m"),
    ),
    Mistake(
        "velocity-ignored",
        "the velocity is ignored",
        moving(given(b=lambda _: None, beta=lambda _: None)),
    ),
    Mistake(
        "accumulator-from-1",
        "the mean square starts at 1, not at 0",
        restate=starting_at("v", 1.0),
    ),
    Mistake("centre-not-squared", "m, not its square, is subtracted", edit({"m * m": "m"})),
    Mistake("centre-added", "the square of m is added", edit({"v - m * m": "v + m * m"})),
    Mistake(
        "velocity-of-gradients",
        "the velocity gathers gradients, and is divided by the root afterwards",
        edit(
            {
                "ctx.store(ctx.store(beta) * b) + g / d": "ctx.store(ctx.store(beta) * b) + g",
                "ctx.store(alpha) * b": "ctx.store(alpha) * b / d",
            },
            {"beta * b + g / d": "beta * b + g", "alpha * b": "alpha * b / d"},
        ),
    ),
)
