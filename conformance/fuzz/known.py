"""What a framework is known to lose: numbers that are spared, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .verdict import Array

Mask = NDArray[np.bool_] | np.bool_
Condition = Callable[[Mapping[str, Array], float], Mask]
Excuse = Callable[[Any, str], bool]


@dataclass(frozen=True)
class Known:
    """A known deviation: where, in which outputs, of which elements, and why.

    The declaration is a pattern for `backend/rule/dialect/profile`. The condition is of the exact
    outputs and the smallest normal number; `excuses` is of a trial and what it failed with.
    """

    declaration: str
    outputs: tuple[str, ...]
    reason: str
    condition: Condition = lambda *_: np.True_
    excuses: Excuse = lambda *_: False

    def concerns(self, name: str) -> bool:
        """Whether it is about a declaration."""
        return fnmatchcase(name, self.declaration)


def _flushed_accumulator(outputs: Mapping[str, Array], tiny: float) -> Mask:
    """Both terms of the accumulator may be below the smallest normal number."""
    return outputs["a"] < 2 * tiny


def _of_another_shape(trial: Any, message: str) -> bool:
    """An output that is too short, where a stride exceeds the dilated kernel."""
    (step,) = trial.problem.steps
    given = step.attributes
    spans = zip(given["stride"], given["dilation"], step.given["w"].shape[2:], strict=True)
    return message.startswith("y is ") and any(s > d * (k - 1) + 1 for s, d, k in spans)


def _nothing(*_: Any) -> Mask:
    return np.False_


_ROUNDED_MOMENTUM = (
    "PyTorch 2.13 updates running averages of half types in the half type itself, momentum rounded "
    "to it, too: https://github.com/pytorch/pytorch/pull/79990"
)
_AVERAGES = ("running_mean", "running_var")

KNOWN = (
    Known(
        "jax*/optimizers/adagrad/inside/*",
        ("theta",),
        "optax 0.2.8, scale_by_rss, leaves a parameter alone where the squared gradient underflows:"
        " where(a > 0, rsqrt(a + eps), 0)",
        _flushed_accumulator,
    ),
    Known("torch*/normalizations/batch_norm/*/*float16*", _AVERAGES, _ROUNDED_MOMENTUM),
    Known("torch*/normalizations/instance_norm/*/*float16*", _AVERAGES, _ROUNDED_MOMENTUM),
    Known(
        "onnxruntime/convolutions/conv_transpose/same/*",
        ("y",),
        "ONNX Runtime 1.31.1 gives (i-1)*s + K places, not i*s, where the stride exceeds the "
        "dilated kernel; https://github.com/microsoft/onnxruntime/issues/11927 is near it",
        _nothing,
        _of_another_shape,
    ),
)


def known(subject: Any) -> list[Known]:
    """What is known of a subject."""
    entry = subject.entry
    parts = (subject.session.target.name, entry.rule, entry.dialect, subject.profile.name)
    name = "/".join(parts)
    return [one for one in KNOWN if one.concerns(name)]


def excused(trial: Any, message: str) -> bool:
    """Whether a failure is known."""
    return any(one.excuses(trial, message) for one in known(trial.subject))


def spared(subject: Any, output: str, outputs: Mapping[str, Array]) -> Mask:
    """The elements of an output that are not judged, by the exact outputs of a step."""
    tiny = 2.0**subject.format.min_exponent
    masks = [one.condition(outputs, tiny) for one in known(subject) if output in one.outputs]
    return np.any(masks, axis=0) if masks else np.False_
