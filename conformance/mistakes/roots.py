"""Roots and squares that are missing, and eps in the wrong place."""

from __future__ import annotations

from collections.abc import Callable

from .alter import given, nothing, operations, takes, where
from .edit import edit
from .mistake import Mistake, Transform

_GITHUB = "https://github.com"
_SQUARES = ("v_hat", "second", "v", "d", "a")
_SUMS = (
    "ctx.sqrt({}) + eps",
    "ctx.store(ctx.sqrt({})) + eps",
    "ctx.store(ctx.sqrt({})) + ctx.store(eps)",
)

_AVERAGES = {
    "v": (
        "beta2 * v + (1 - beta2) * (g * g)",
        "ctx.store(ctx.store(rho) * v) + (1 - rho) * (g * g)",
        "ctx.store(rho * v) + ctx.store((1 - rho) * ctx.store(g * g))",
        "rho * v + (1 - rho) * (g * g)",
        "(1 - rho) * (g * g) + rho * v",
    ),
    "a": ("a + g * g", "a + ctx.store(g * g)"),
}


def _rewritten_eps(write: Callable[[str], str]) -> Transform:
    """Edit the sum of eps and the root of a square, however it is written."""
    return edit(*({text.format(x): write(x)} for x in _SQUARES for text in _SUMS))


ROOTS = (
    Mistake("root-missing", "the square root is missing", operations(sqrt=lambda _, x: x)),
    Mistake(
        "root-twice",
        "the square root is taken twice",
        operations(sqrt=lambda ctx, x: ctx.sqrt(ctx.sqrt(x))),
    ),
    Mistake("square-missing", "the gradient is not squared", edit({"g * g": "g"})),
    Mistake(
        "square-is-absolute",
        "the gradient's absolute value stands for its square",
        edit({"g * g": "ctx.max(g, -g)"}),
    ),
)

EPS = (
    Mistake("eps-inside", "eps is inside the root", _rewritten_eps("ctx.sqrt({} + eps)".format)),
    Mistake(
        "eps-twice",
        "eps is added inside the root and outside",
        _rewritten_eps("(ctx.sqrt({} + eps) + eps)".format),
    ),
    Mistake(
        "eps-as-floor",
        "the root is kept above eps; eps is not added",
        _rewritten_eps("ctx.max(ctx.sqrt({}), eps)".format),
    ),
)

KEPT = tuple(
    Mistake(
        f"eps-in-{state}",
        f"eps is added to {state} in place, and stays there",
        where(takes("eps"), edit(*({average: f"{average} + eps"} for average in averages))),
        links=(
            f"{_GITHUB}/juntang-zhuang/Adabelief-Optimizer/issues/61",
            f"{_GITHUB}/metaopt/torchopt/pull/8",
        ),
    )
    for state, averages in _AVERAGES.items()
)

EPS_ITSELF = (
    Mistake(
        "eps-ignored",
        "eps is ignored",
        nothing("eps"),
        links=(f"{_GITHUB}/torchcvnn/torchcvnn/issues/32",),
    ),
    Mistake("eps-squared", "eps is squared", given(eps=lambda s: s.eps * s.eps)),
    Mistake("eps-root", "the root of eps is added", given(eps=lambda s: s.ctx.sqrt(s.eps))),
)
