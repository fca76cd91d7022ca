"""Mistakes with Adadelta's two accumulators."""

from ..edit import edit
from ..mistake import Mistake

_GITHUB = "https://github.com"

MISTAKES = (
    Mistake(
        "roots-exchanged",
        "the roots of the two accumulators are exchanged",
        edit({"delta / root": "root / delta"}),
    ),
    Mistake(
        "updates-not-gathered",
        "u gathers squared gradients, not squared updates",
        edit({"delta * delta": "g * g"}),
    ),
    Mistake(
        "rate-in-accumulator",
        "u gathers updates already multiplied by the learning rate",
        edit({"delta * delta": "alpha * delta * (alpha * delta)"}),
        links=(f"{_GITHUB}/keras-team/keras/pull/11532",),
    ),
    Mistake(
        "parenthesis-misplaced",
        "the square of g multiplies both terms of v",
        edit(
            {
                "ctx.store(ctx.store(rho) * v) + (1 - rho) * (g * g)": (
                    "(rho * v + (1 - rho)) * (g * g)"
                )
            }
        ),
        links=(f"{_GITHUB}/deeplearning4j/nd4j/issues/1239",),
    ),
    Mistake(
        "roots-missing",
        "the accumulators themselves are divided, not their roots",
        edit(
            {
                "ctx.sqrt(ctx.store(v + ctx.store(eps)))": "(v + eps)",
                "ctx.sqrt(ctx.store(u + ctx.store(eps)))": "(u + eps)",
            }
        ),
    ),
    Mistake(
        "eps-outside",
        "eps is added to the roots, not inside them",
        edit(
            {
                "ctx.sqrt(ctx.store(v + ctx.store(eps)))": "(ctx.sqrt(v) + eps)",
                "ctx.sqrt(ctx.store(u + ctx.store(eps)))": "(ctx.sqrt(u) + eps)",
            }
        ),
    ),
)
