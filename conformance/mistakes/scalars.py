"""Hyper-parameters that are ignored, exchanged, stuck or misapplied."""

from __future__ import annotations

from goldenrule.reference.catalogue import Function

from . import restate
from .alter import given, nothing, where
from .edit import edit, occurs
from .mistake import Mistake, dashed

_GITHUB = "https://github.com"
_WEIGHTS = ("beta", "beta1", "beta2", "rho", "dampening")
_IGNORABLE = (*_WEIGHTS, "weight_decay", "lr_decay")

# How the texts add an L2 term; those without one decouple their decay.
_couples = occurs("g + weight_decay * theta", "g + ctx.store(ctx.store(weight_decay) * theta)")


def _decouples(function: Function) -> bool:
    return not _couples(function)


SCALARS = (
    *(Mistake(f"{dashed(x)}-ignored", f"{x} is ignored", nothing(x)) for x in _IGNORABLE),
    *(
        Mistake(
            f"{x}-complement",
            f"1 - {x} stands in place of {x}",
            given(**{x: lambda s, x=x: 1 - getattr(s, x)}),
        )
        for x in _WEIGHTS
    ),
    *(
        Mistake(
            f"{x}-weights",
            f"the weights {x} and 1 - {x} are exchanged, but not in the bias correction",
            edit(
                {f"{x}**t": f"{x}**t", f"1 - {x}": x, x: f"(1 - {x})"},
                {f"{x}**t": f"{x}**t", f"1 - {x}": x},
            ),
        )
        for x in ("beta", "beta1", "beta2")
    ),
    Mistake("rate-ignored", "alpha is ignored", given(alpha=lambda s: s.ctx.scalar(1.0))),
    Mistake(
        "rate-stuck",
        "the learning rate stays at its first value",
        restate=restate.first_rate,
        links=(f"{_GITHUB}/deeplearning4j/deeplearning4j/issues/2317",),
    ),
    Mistake(
        "rate-late",
        "the learning rate is that of the step before",
        restate=restate.last_rate,
        links=(f"{_GITHUB}/pytorch/pytorch/issues/40492",),
    ),
)

EARLY_ROUNDING = (
    Mistake(
        "float32-scalars", "hyper-parameters are rounded to float32", restate=restate.in_float32
    ),
    Mistake(
        "bfloat16-scalars",
        "hyper-parameters are cut off to bfloat16",
        restate=restate.in_bfloat16,
        links=(f"{_GITHUB}/tenstorrent/tt-metal/issues/55935",),
    ),
)

DECAY = (
    Mistake(
        "coupled-decay",
        "weight decay is added to the gradient (L2), not taken off the parameter",
        where(
            _decouples,
            given(
                g=lambda s: s.g + s.weight_decay * s.theta,
                weight_decay=lambda s: 0 * s.weight_decay,
            ),
        ),
        links=(
            f"{_GITHUB}/keras-team/keras/issues/19051",
            f"{_GITHUB}/nntrainer/nntrainer/pull/3565",
        ),
    ),
    Mistake(
        "decoupled-decay",
        "weight decay is taken off the parameter, not added to the gradient (L2)",
        where(
            _couples,
            given(
                theta=lambda s: s.theta - s.alpha * s.weight_decay * s.theta,
                weight_decay=lambda s: 0 * s.weight_decay,
            ),
        ),
    ),
    Mistake(
        "decay-without-rate",
        "weight decay is not multiplied by the learning rate",
        where(_decouples, given(weight_decay=lambda s: s.weight_decay / s.alpha)),
        links=(
            f"{_GITHUB}/tensorflow/addons/issues/2282",
            f"{_GITHUB}/flashlight/flashlight/issues/143",
        ),
    ),
)
