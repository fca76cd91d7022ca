"""Mistakes with Adam's two moments, their corrections, and AMSGrad's maximum."""

from __future__ import annotations

from ..alter import chain, given, moving, operations, returned, takes, where
from ..edit import edit
from ..mistake import Mistake, Transform, unchanged
from ..restate import with_state

_GITHUB = "https://github.com"

_first = returned(m=lambda s, out: out["m"] / (1 - s.beta1**s.t))
_second = returned(v=lambda s, out: out["v"] / (1 - s.beta2**s.t))


def _counting(alter: Transform) -> Transform:
    return where(takes("t"), alter)


def _amsgrad(alter: Transform) -> Transform:
    return where(takes("v_max"), alter)


_forgetting = operations(max=lambda _, *operands: operands[-1])

MISTAKES = (
    Mistake(
        "swapped-betas",
        "beta1 and beta2 are swapped",
        given(beta1=lambda s: s.beta2, beta2=lambda s: s.beta1),
    ),
    Mistake(
        "compounded-correction",
        "m and v are overwritten with their corrected values",
        _counting(chain(_first, _second)),
        links=(f"{_GITHUB}/frgfm/holocron/issues/1",),
    ),
    Mistake("compounded-first", "m is overwritten with its corrected value", _counting(_first)),
    Mistake("compounded-second", "v is overwritten with its corrected value", _counting(_second)),
    Mistake(
        "uncorrected-first",
        "the first moment is used without its bias correction",
        edit({"beta1**t": "0 * beta1"}),
    ),
    Mistake(
        "uncorrected-second",
        "the second moment is used without its bias correction",
        edit({"beta2**t": "0 * beta2"}),
    ),
    Mistake(
        "beta1-corrects-both",
        "the second moment is corrected with beta1",
        edit({"beta2**t": "beta1**t"}),
    ),
    Mistake(
        "beta2-corrects-both",
        "the first moment is corrected with beta2",
        edit({"beta1**t": "beta2**t"}),
    ),
    Mistake(
        "correction-not-rooted",
        "the root of v is corrected as if it were v",
        edit(
            {"ctx.sqrt(v_hat)": "ctx.sqrt(v_hat * (1 - beta2**t)) / (1 - beta2**t)"},
            {"ctx.sqrt(1 - beta2**t)": "(1 - beta2**t)"},
        ),
    ),
    Mistake(
        "correction-multiplies",
        "the moments are multiplied by their corrections, not divided",
        edit(
            {
                "m / (1 - beta1**t)": "m * (1 - beta1**t)",
                "second / (1 - beta2**t)": "second * (1 - beta2**t)",
            },
            {
                "m / (1 - beta1**t)": "m * (1 - beta1**t)",
                "v / (1 - beta2**t)": "v * (1 - beta2**t)",
            },
        ),
        links=(
            f"{_GITHUB}/karpathy/convnetjs/pull/70",
            f"{_GITHUB}/karpathy/convnetjs/pull/107",
        ),
    ),
    Mistake(
        "correction-by-power",
        "the second moment is corrected with beta2^t, not 1 - beta2^t",
        edit({"1 - beta2**t": "beta2**t"}),
        links=(f"{_GITHUB}/kozistr/AdaBound-tensorflow/issues/3",),
    ),
    Mistake(
        "root-multiplies",
        "the root multiplies, it does not divide",
        edit(
            {"alpha * m_hat / (ctx.sqrt(v_hat) + eps)": "alpha * m_hat * (ctx.sqrt(v_hat) + eps)"},
            {"alpha_t * m / (ctx.sqrt(second) + eps)": "alpha_t * m * (ctx.sqrt(second) + eps)"},
            {"alpha * m_hat / ctx.sqrt(v_hat + eps)": "alpha * m_hat * ctx.sqrt(v_hat + eps)"},
        ),
        links=(f"{_GITHUB}/oracle/tribuo/pull/401",),
    ),
    Mistake(
        "square-of-moment",
        "v gathers squares of the first moment, not of the gradient",
        edit({"g * g": "m * m"}),
    ),
    Mistake(
        "decay-corrected",
        "weight decay is multiplied by the corrected step size",
        where(
            takes("t"),
            edit(
                {"alpha * weight_decay * theta": "alpha / (1 - beta1**t) * weight_decay * theta"},
                {"theta * weight_decay * alpha": "theta * weight_decay * alpha / (1 - beta1**t)"},
            ),
        ),
        links=(f"{_GITHUB}/egg-west/AdamW-pytorch/issues/1",),
    ),
    Mistake(
        "exchanged-weights",
        "the weights of both averages are exchanged, 1 - beta for beta",
        given(beta1=lambda s: 1 - s.beta1, beta2=lambda s: 1 - s.beta2),
    ),
    Mistake("amsgrad-ignored", "the update uses v, not its maximum", _amsgrad(moving(_forgetting))),
    Mistake(
        "amsgrad-always",
        "AMSGrad is on, although nobody asked for it",
        _amsgrad(unchanged),
        with_state("v_max"),
    ),
    Mistake(
        "maximum-forgotten",
        "v_max is the newest v, not the largest",
        _amsgrad(_forgetting),
    ),
    Mistake(
        "minimum-for-maximum",
        "v_max is the smallest v, not the largest",
        _amsgrad(operations(max=lambda ctx, x, y: -ctx.max(-x, -y))),
    ),
)
