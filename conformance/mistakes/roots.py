"""Roots and squares that are missing, and eps in the wrong place."""

from __future__ import annotations

from collections.abc import Callable

from .alter import given, nothing, operations
from .edit import edit
from .mistake import Mistake, Transform

_SQUARES = ("v_hat", "second", "v", "d", "a")
_SUMS = (
    "ctx.sqrt({}) + eps",
    "ctx.store(ctx.sqrt({})) + eps",
    "ctx.store(ctx.sqrt({})) + ctx.store(eps)",
)


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
        "eps-as-floor",
        "the root is kept above eps; eps is not added",
        _rewritten_eps("ctx.max(ctx.sqrt({}), eps)".format),
    ),
)

EPS_ITSELF = (
    Mistake("eps-ignored", "eps is ignored", nothing("eps")),
    Mistake("eps-squared", "eps is squared", given(eps=lambda s: s.eps * s.eps)),
    Mistake("eps-root", "the root of eps is added", given(eps=lambda s: s.ctx.sqrt(s.eps))),
)
