"""Correct normalizations: every dialect, each part in every arrangement."""

from __future__ import annotations

from . import rms
from .forward import AVERAGES, NORMALIZE, forward
from .gradients import ADD, FIXED, GRADIENTS, backward
from .statistics import STATISTICS

BATCH = ("unbiased", "biased", "cumulative", "fused")
TARGETS = (
    *(f"normalizations/batch_norm/{name}" for name in (*BATCH, "inference")),
    *(f"normalizations/instance_norm/{name}" for name in ("instance", "running", "inference")),
    *(
        f"normalizations/group_norm/{name}"
        for name in ("contiguous", "interleaved", "group_affine")
    ),
    *(f"normalizations/layer_norm/{name}" for name in ("elementwise", "feature")),
)
RMS = ("normalizations/rms_norm/paper", "normalizations/rms_norm/offset")


def _forward():
    for target in TARGETS:
        for name, normalize in NORMALIZE.items():
            yield target, name, forward(target, normalize=normalize)
        if not target.endswith("inference"):
            for name, moments in STATISTICS.items():
                yield target, f"{name}_statistics", forward(target, moments)
        if target.endswith((*BATCH, "running")):
            for name, average in AVERAGES.items():
                yield target, f"{name}_average", forward(target, average=average)
    for target in RMS:
        for name, square in rms.SQUARES.items():
            yield target, f"{name}_statistics", rms.forward(target, square)
        for name, scale in rms.SCALE.items():
            yield target, name, rms.forward(target, scale=scale)


def _backward():
    for target in TARGETS:
        inference = target.endswith("inference")
        for name, gradient in (FIXED if inference else GRADIENTS).items():
            yield target, name, backward(target, gradient)
        first = next(iter((FIXED if inference else GRADIENTS).values()))
        for name, moments in () if inference else STATISTICS.items():
            yield target, f"{name}_statistics", backward(target, first, moments)
        for name, add in ADD.items():
            yield target, f"{name}_sums", backward(target, first, add=add)
    for target in RMS:
        for name, gradient in rms.RMS_GRADIENTS.items():
            yield target, name, rms.backward(target, gradient)
        for name, square in rms.SQUARES.items():
            yield target, f"{name}_statistics", rms.backward(target, square=square)


def _named(found, kind):
    return {f"{target}/{kind}/{name}": (target, kind, layer) for target, name, layer in found}


CORRECT = _named(_forward(), "layer") | _named(_backward(), "gradient")
