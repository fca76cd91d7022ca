"""Mistakes with the running averages of the moments."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.normalizations.batch_norm import inference

from .alter import computed, given, not_updated, returned, takes, where
from .edit import edit
from .mistake import Mistake

_GITHUB = "https://github.com"


def _inferred(s: SimpleNamespace, mean: Any, variance: Any) -> Any:
    """What inference makes of some moments."""
    gamma, beta = getattr(s, "gamma", None), getattr(s, "beta", None)
    return inference(s.ctx, s.x, mean, variance, gamma, beta, eps=s.eps)["y"]


def averages(function: Function) -> bool:
    """Whether a function keeps running averages."""
    return takes("x", "running_mean")(function) and not (
        {"momentum", "t"}.isdisjoint(parameters(function))
    )


RUNNING = (
    Mistake(
        "running-for-batch",
        "y is made with the running moments, as in inference",
        where(averages, computed(y=lambda s, _: _inferred(s, s.running_mean, s.running_var))),
    ),
    Mistake(
        "updated-for-batch",
        "y is made with the running moments, after their update",
        where(
            averages,
            computed(y=lambda s, out: _inferred(s, out["running_mean"], out["running_var"])),
        ),
    ),
    Mistake(
        "momentum-complement",
        "momentum weighs the old where it should weigh the new, or the other way round",
        given(momentum=lambda s: 1 - s.momentum),
        links=(
            f"{_GITHUB}/PaddlePaddle/Paddle/pull/51120",
            f"{_GITHUB}/Oneflow-Inc/oneflow/pull/6055",
            f"{_GITHUB}/d2l-ai/d2l-en/pull/2213",
        ),
    ),
    Mistake(
        "running-variance-biased",
        "the running average is that of the biased variance",
        edit({"v * n / (n - 1)": "v"}, {"v * n / max(n - 1, 1)": "v"}),
        links=(
            f"{_GITHUB}/tenstorrent/tt-metal/issues/55438",
            f"{_GITHUB}/callummcdougall/ARENA_3.0/issues/415",
            f"{_GITHUB}/kakaobrain/trident/pull/125",
            f"{_GITHUB}/ml-explore/mlx/pull/3817",
        ),
    ),
    Mistake(
        "running-mean-not-updated",
        "the running mean stays",
        where(averages, not_updated("running_mean")),
    ),
    Mistake(
        "running-variance-not-updated",
        "the running variance stays",
        where(averages, not_updated("running_var")),
    ),
    Mistake(
        "running-not-updated",
        "the running averages stay",
        where(
            averages,
            returned(
                running_mean=lambda s, _: s.running_mean, running_var=lambda s, _: s.running_var
            ),
        ),
        links=(
            f"{_GITHUB}/paiml/aprender/pull/2166",
            f"{_GITHUB}/apache/mxnet/issues/18673",
            f"{_GITHUB}/openai/improved-gan/issues/17",
        ),
    ),
    Mistake(
        "eps-in-running",
        "eps is added to the running variance",
        where(averages, returned(running_var=lambda s, out: out["running_var"] + s.eps)),
    ),
    Mistake(
        "eps-in-average",
        "the running average is that of the variance with eps added",
        edit(
            {"v * n / (n - 1)": "(v + eps) * n / (n - 1)"},
            {"v * n / max(n - 1, 1)": "(v + eps) * n / max(n - 1, 1)"},
        ),
    ),
    Mistake(
        "eps-twice-in-average",
        "the running average is that of the variance with eps added twice",
        edit(
            {"v * n / (n - 1)": "(v + 2 * eps) * n / (n - 1)"},
            {"v * n / max(n - 1, 1)": "(v + 2 * eps) * n / max(n - 1, 1)"},
        ),
        links=(f"{_GITHUB}/flagos-ai/FlagGems/issues/4885",),
    ),
    Mistake(
        "running-swapped",
        "running mean and variance are exchanged",
        given(running_mean=lambda s: s.running_var, running_var=lambda s: s.running_mean),
    ),
)
