"""Mistakes with the axes that layer normalization is over."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function

from ..alter import computed
from ..edit import edit
from ..mistake import Mistake
from ..normalizing import SHARED
from ..passes import forward

_GITHUB = "https://github.com"


def _over_all(function: Function) -> Function | None:
    """Normalize over all axes but the first; then scale and shift as asked."""

    def y(s: SimpleNamespace, _: Any) -> Any:
        xhat = function(s.ctx, s.x, axis=1, eps=s.eps)["y"]
        gamma, beta = getattr(s, "gamma", None), getattr(s, "beta", None)
        scaled = xhat if gamma is None else gamma * xhat
        return scaled if beta is None else scaled + beta

    return computed(y=y)(function)


MISTAKES = (
    Mistake(
        "last-axis-only",
        "only the last axis is normalized over, not all from `axis` on",
        edit({"shape[:axis]": "shape[:-1]", "i[:axis]": "i[:-1]"}),
    ),
    Mistake(
        "all-but-first",
        "every axis but the first is normalized over, whatever `axis` is",
        forward(_over_all),
        links=(
            f"{_GITHUB}/flagos-ai/FlagGems/issues/5392",
            f"{_GITHUB}/Qualcomm-AI-research/geometric-algebra-transformer/pull/8",
            f"{_GITHUB}/tensorpack/tensorpack/issues/1482",
        ),
    ),
    *SHARED,
)
