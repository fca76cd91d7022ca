"""Mistakes with the gradients of a sliding kernel, its image and its bias."""

from __future__ import annotations

from functools import wraps
from typing import Any

import numpy as np

from goldenrule.reference.catalogue import Function
from goldenrule.reference.contexts.context import Context

from .alter import computed, given
from .channels import INTERLEAVED
from .mistake import Mistake
from .passes import backward, is_backward, only, reversed_places
from .strides import DILATION_IGNORED, NOT_EXCHANGED, STRIDE_IGNORED

_GITHUB = "https://github.com"


def _of_last_sample(function: Function) -> Function | None:
    """Make dw and db of the last sample alone."""
    if not is_backward(function):
        return None

    @wraps(function)
    def call(ctx: Context, *, dy: Any, x: Any, **symbols: Any) -> dict[str, Any]:
        outputs = function(ctx, dy=dy, x=x, **symbols)
        last = function(ctx, dy=dy[-1:], x=x[-1:], **symbols)
        return outputs | {name: last[name] for name in ("dw", "db") if name in last}

    return call


def _count(dy: np.ndarray) -> int:
    """How many elements of dy share one element of the bias."""
    return max(dy.size // max(dy.shape[1], 1), 1)


GRADIENTS = (
    Mistake(
        "dx-reversed",
        "the gradient of x meets the kernel in the wrong direction",
        only("dx", given(w=lambda s: reversed_places(s.w))),
    ),
    Mistake(
        "dw-reversed",
        "the gradient of the kernel is reversed along its spatial axes",
        backward(computed(dw=lambda _, out: reversed_places(out["dw"]))),
    ),
    Mistake(
        "dw-exchange",
        "stride and dilation do not exchange their parts in the gradient of the kernel",
        only("dw", NOT_EXCHANGED),
        links=(f"{_GITHUB}/huggingface/candle/pull/2337",),
    ),
    Mistake(
        "dw-stride",
        "the gradient of the kernel ignores the stride",
        only("dw", STRIDE_IGNORED),
        links=(
            f"{_GITHUB}/enggen/Deep-Learning-Coursera/issues/7",
            f"{_GITHUB}/Kulbear/deep-learning-coursera/pull/34",
        ),
    ),
    Mistake(
        "dw-dilation",
        "the gradient of the kernel ignores the dilation",
        only("dw", DILATION_IGNORED),
    ),
    Mistake("dx-stride", "the gradient of x ignores the stride", only("dx", STRIDE_IGNORED)),
    Mistake("dx-dilation", "the gradient of x ignores the dilation", only("dx", DILATION_IGNORED)),
    Mistake("dx-groups", "the gradient of x has the groups interleaved", only("dx", INTERLEAVED)),
    Mistake(
        "dw-groups",
        "the gradient of the kernel has the groups interleaved",
        only("dw", INTERLEAVED),
        links=(f"{_GITHUB}/pytorch/pytorch/issues/51430",),
    ),
    Mistake(
        "db-mean",
        "the gradient of the bias is a mean, not a sum",
        backward(computed(db=lambda s, out: out["db"] / _count(s.dy))),
    ),
    Mistake(
        "batch-mean",
        "the gradients of kernel and bias are means over the batch, not sums",
        backward(
            computed(
                dw=lambda s, out: out["dw"] / max(len(s.dy), 1),
                db=lambda s, out: out["db"] / max(len(s.dy), 1),
            )
        ),
    ),
    Mistake(
        "position-mean",
        "the gradient of the kernel is a mean over batch and places, not a sum",
        backward(computed(dw=lambda s, out: out["dw"] / _count(s.dy))),
        links=(
            f"{_GITHUB}/sebgao/cTensor/issues/3",
            f"{_GITHUB}/Oneflow-Inc/oneflow/pull/255",
        ),
    ),
    Mistake(
        "last-sample",
        "the gradients of kernel and bias are those of the last sample, not sums over the batch",
        _of_last_sample,
    ),
)
