"""Wrong normalizations: every dialect, each part wrong in every way."""

from __future__ import annotations

from . import wrong_forward, wrong_gradients, wrong_layouts, wrong_rms
from .correct import BATCH, RMS, TARGETS
from .forward import forward
from .gradients import backward, fixed

BELOW_FLOAT32 = {"in_float32", "y_in_float32"}
"""What is no mistake in float32."""


def _forward():
    for target in TARGETS:
        inference = target.endswith("inference")
        for name, normalize in wrong_forward.NORMALIZE.items():
            yield target, name, forward(target, normalize=normalize)
        for name, moments in () if inference else wrong_forward.MOMENTS.items():
            yield target, name, forward(target, moments)
        for name, place in wrong_layouts.layouts(*target.split("/")[1:]).items():
            yield target, name, forward(target, place=place)
        if target.endswith((*BATCH, "running")):
            for name, average in wrong_forward.AVERAGES.items():
                yield target, name, forward(target, average=average)
            for name, keep in wrong_forward.KEPT.items():
                yield target, name, forward(target, keep=keep)
        if target.endswith("cumulative"):
            for name, count in wrong_forward.COUNTS.items():
                yield target, name, forward(target, count=count)


def _altered(alter, layer):
    def wrong(dy, x, eps, gamma=None, running_mean=None, running_var=None, axis=None, groups=None):
        given = (dy, x, eps, gamma, running_mean, running_var, axis, groups)
        return alter(layer(*given), dy)

    return wrong


def _backward():
    for target in TARGETS:
        inference = target.endswith("inference")
        first = fixed if inference else backward.__defaults__[0]
        for name, gradient in wrong_gradients.TERMS.items():
            if not inference:
                yield target, name, backward(target, gradient)
        for name in () if inference else ("onepass", "in_float32"):
            yield target, name, backward(target, moments=wrong_forward.MOMENTS[name])
        for name, alter in wrong_gradients.PARAMETERS.items():
            yield target, name, _altered(alter, backward(target, first))
        for name, place in wrong_layouts.layouts(*target.split("/")[1:]).items():
            yield target, name, backward(target, first, place=place)


def _of_rms(layers):
    for name, make in layers:
        for target in RMS:
            yield target, name, make(target)


WRONG = {
    f"{target}/{kind}/{name}": (target, kind, layer)
    for kind, found in (
        ("layer", [*_forward(), *_of_rms(wrong_rms.forward())]),
        ("gradient", [*_backward(), *_of_rms(wrong_rms.backward())]),
    )
    for target, name, layer in found
}
