"""Mistakes with the point where Nesterov's gradient is taken."""

from __future__ import annotations

from ..alter import takes, where
from ..edit import edit, stale
from ..mistake import Mistake, Transform

_GITHUB = "https://github.com"


def _looking(at: str) -> Transform:
    """Take the gradient somewhere else, in each of the forms."""
    return edit(
        {"theta - alpha * (beta * a)": at},
        {"theta - (alpha * beta) * a": at},
    )


MISTAKES = (
    Mistake(
        "plain-momentum",
        "the velocity itself is the update: momentum, without Nesterov's look ahead",
        where(takes("g"), stale("a")),
    ),
    Mistake(
        "lookahead-added",
        "the velocity is added where it should be subtracted, not so the gradient",
        edit({"g + ctx.store(ctx.store(beta) * a)": "g - ctx.store(ctx.store(beta) * a)"}),
        links=(f"{_GITHUB}/PaddlePaddle/Paddle/pull/12231",),
    ),
    Mistake(
        "no-lookahead",
        "the gradient is taken at the parameter itself",
        _looking("theta"),
        links=(f"{_GITHUB}/hiroyuki-kasai/SGDLibrary/issues/8",),
    ),
    Mistake(
        "lookahead-sign",
        "the gradient is taken on the other side of the parameter",
        _looking("theta + alpha * (beta * a)"),
    ),
    Mistake(
        "lookahead-without-rate",
        "the gradient is taken beta a ahead, not alpha beta a",
        _looking("theta - beta * a"),
    ),
    Mistake(
        "lookahead-without-beta",
        "the gradient is taken alpha a ahead, not alpha beta a",
        _looking("theta - alpha * a"),
    ),
)
