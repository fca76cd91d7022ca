"""The mistakes that a sliding kernel invites: those of convolution and of its transpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .alter import computed, given, nothing
from .edit import edit
from .mistake import Mistake, Transform
from .passes import (
    backward,
    exchanged_channels,
    exchanged_places,
    forward,
    kernel,
    only,
    returned_channels,
    returned_places,
    reversed_places,
)

_SLIDE = "_places(sizes, x[2:], w[2:], {}, {}, lows, outside)"
_SPREAD = "_places(x[2:], sizes, w[2:], {}, {}, lows, nothing)"
_LOWS = "[low for low, _ in padding]"
_INPUT = "s * inputs * groups + o // share * inputs + c"


def _steps(stride: str, dilation: str) -> tuple[dict[str, str], ...]:
    """Go through x by other steps, over a y of the right size."""
    return tuple(
        {text.format("stride", "dilation"): text.format(stride, dilation)}
        for text in (_SLIDE, _SPREAD)
    )


def _ones(values: tuple[int, ...]) -> tuple[int, ...]:
    return (1,) * len(values)


def _reversed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return values[::-1]


def _asked(**changes: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Transform:
    """Compute y, of whatever size, with another attribute."""
    (name, change), *_ = changes.items()
    return forward(given(**{name: lambda s: change(getattr(s, name))}))


_STRIDE_IGNORED = edit(*_steps("[1] * len(stride)", "dilation"))
_DILATION_IGNORED = edit(*_steps("stride", "[1] * len(dilation)"))
_NOT_EXCHANGED = edit(*_steps("dilation", "stride"))
_INTERLEAVED = edit({_INPUT: "s * inputs * groups + c * groups + o // share"})
_OUTPUTS_INTERLEAVED = edit({_INPUT: "s * inputs * groups + o % groups * inputs + c"})

KERNEL = (
    Mistake(
        "kernel-reversed",
        "the kernel is reversed along its spatial axes",
        kernel(reversed_places, reversed_places),
    ),
    Mistake(
        "kernel-transposed",
        "the last two axes of the kernel are exchanged, and with them its sizes",
        forward(given(w=lambda s: s.w.swapaxes(-2, -1) if s.w.ndim > 3 else s.w)),
    ),
    Mistake(
        "kernel-axes",
        "the spatial axes of the kernel are exchanged in memory; its sizes are not",
        kernel(exchanged_places, returned_places),
    ),
    Mistake(
        "kernel-channels",
        "the input and output channels of the kernel are exchanged",
        kernel(exchanged_channels, returned_channels),
    ),
)

STEPS = (
    Mistake("stride-ignored", "the stride is 1 along every axis", _asked(stride=_ones)),
    Mistake("dilation-ignored", "the dilation is 1 along every axis", _asked(dilation=_ones)),
    Mistake("stride-axes", "the strides of the axes are exchanged", _asked(stride=_reversed)),
    Mistake(
        "dilation-axes", "the dilations of the axes are exchanged", _asked(dilation=_reversed)
    ),
    Mistake(
        "stride-for-dilation",
        "stride and dilation are exchanged",
        forward(given(stride=lambda s: s.dilation, dilation=lambda s: s.stride)),
    ),
    Mistake("stride-in-size-alone", "the stride counts in the size of y alone", _STRIDE_IGNORED),
    Mistake(
        "dilation-in-size-alone", "the dilation counts in the size of y alone", _DILATION_IGNORED
    ),
    Mistake(
        "stride-axes-within", "the strides of the axes are exchanged, but not in the size of y",
        edit(*_steps("stride[::-1]", "dilation")),
    ),
    Mistake(
        "dilation-axes-within", "the dilations of the axes are exchanged, but not in the size of y",
        edit(*_steps("stride", "dilation[::-1]")),
    ),
    Mistake(
        "stride-for-dilation-within",
        "stride and dilation are exchanged, but not in the size of y",
        _NOT_EXCHANGED,
    ),
)  # fmt: skip

PADDING = (
    Mistake(
        "padding-ends",
        "the padding of the two ends is exchanged",
        edit({_LOWS: "[high for _, high in padding]"}),
    ),
    Mistake("padding-axes", "the padding of the axes is exchanged", _asked(padding=_reversed)),
    Mistake(
        "padding-axes-within", "the padding of the axes is exchanged, but not in the size of y",
        edit({_LOWS: f"{_LOWS}[::-1]"}),
    ),
)  # fmt: skip

GROUPS = (
    Mistake("groups-interleaved", "a group has every n-th input, not n in a row", _INTERLEAVED),
    Mistake(
        "groups-of-outputs", "a group has every n-th output, not n in a row", _OUTPUTS_INTERLEAVED
    ),
)

BIAS = (
    Mistake("bias-ignored", "the bias is ignored", nothing("b")),
    Mistake("bias-twice", "the bias is added twice", given(b=lambda s: s.b + s.b)),
)

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
        only("dw", _NOT_EXCHANGED),
    ),
    Mistake(
        "dw-stride", "the gradient of the kernel ignores the stride", only("dw", _STRIDE_IGNORED)
    ),
    Mistake(
        "dw-dilation",
        "the gradient of the kernel ignores the dilation",
        only("dw", _DILATION_IGNORED),
    ),
    Mistake(
        "dx-stride", "the gradient of x ignores the stride", only("dx", _STRIDE_IGNORED)
    ),
    Mistake(
        "dx-dilation", "the gradient of x ignores the dilation", only("dx", _DILATION_IGNORED)
    ),
    Mistake(
        "dx-groups", "the gradient of x has the groups interleaved", only("dx", _INTERLEAVED)
    ),
    Mistake(
        "dw-groups", "the gradient of the kernel has the groups interleaved",
        only("dw", _INTERLEAVED),
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
)  # fmt: skip


def _count(dy: np.ndarray) -> int:
    """How many elements of dy share one element of the bias."""
    return max(dy.size // max(dy.shape[1], 1), 1)


SLIDING = (*KERNEL, *STEPS, *PADDING, *GROUPS, *BIAS, *GRADIENTS)
