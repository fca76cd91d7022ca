"""Mistakes with the running averages of batches."""

from types import SimpleNamespace
from typing import Any

from goldenrule.reference.normalizations import batch_norm

from ..alter import computed, given, takes, where
from ..edit import edit
from ..mistake import Mistake
from ..normalizing import SHARED
from ..running import RUNNING, averages

_GITHUB = "https://github.com"
_BIASED = "average(running_var, v, momentum, 1 - momentum)"
_N = "(x.size // len(mu))"


def _of_batch(s: SimpleNamespace, _: Any) -> Any:
    """What training makes of x, whatever the running moments are."""
    gamma, beta = getattr(s, "gamma", None), getattr(s, "beta", None)
    train = batch_norm.FORMS["fused"][0]
    given = (s.x, s.running_mean, s.running_var, gamma, beta)
    return train(s.ctx, *given, momentum=s.eps, eps=s.eps)["y"]


MISTAKES = (
    Mistake(
        "running-variance-unbiased",
        "the running average is that of the unbiased variance",
        edit({_BIASED: _BIASED.replace("v,", f"v * {_N} / ({_N} - 1),")}),
    ),
    Mistake(
        "running-deviation",
        "the running average is that of the deviation, not of the variance",
        edit(
            {"v * n / (n - 1)": "ctx.sqrt(v * n / (n - 1))"},
            {"v * n / max(n - 1, 1)": "ctx.sqrt(v * n / max(n - 1, 1))"},
            {_BIASED: _BIASED.replace("v,", "ctx.sqrt(v),")},
        ),
    ),
    Mistake(
        "running-reciprocal",
        "the running average is that of the reciprocal deviation, not of the variance",
        edit(
            {"v * n / (n - 1)": "1 / ctx.sqrt(v + eps)"},
            {"v * n / max(n - 1, 1)": "1 / ctx.sqrt(v + eps)"},
            {_BIASED: _BIASED.replace("v,", "1 / ctx.sqrt(v + eps),")},
        ),
        links=(f"{_GITHUB}/torch/nn/issues/567",),
    ),
    Mistake(
        "batch-in-inference",
        "y is made with the moments of the batch, as in training",
        where(
            lambda function: takes("x", "running_mean")(function) and not averages(function),
            where(lambda function: not takes("dy")(function), computed(y=_of_batch)),
        ),
    ),
    Mistake("t-from-0", "batches are counted from 0, not from 1", given(t=lambda s: s.t - 1)),
    Mistake("t-from-2", "batches are counted from 2, not from 1", given(t=lambda s: s.t + 1)),
    *RUNNING,
    *SHARED,
)
