"""Mistakes with strides and dilations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .alter import given
from .edit import edit
from .mistake import Mistake, Transform
from .passes import forward

_GITHUB = "https://github.com"
_SLIDE = "_places(sizes, x[2:], w[2:], {}, {}, lows, outside)"
_SPREAD = "_places(x[2:], sizes, w[2:], {}, {}, lows, nothing)"


def steps(stride: str, dilation: str) -> tuple[dict[str, str], ...]:
    """Go through x by other steps, over a y of the right size."""
    return tuple(
        {text.format("stride", "dilation"): text.format(stride, dilation)}
        for text in (_SLIDE, _SPREAD)
    )


def ones(values: tuple[int, ...]) -> tuple[int, ...]:
    """The same for every axis: 1."""
    return (1,) * len(values)


def backwards(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The axes in the opposite order."""
    return values[::-1]


def asked(**changes: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Transform:
    """Compute y, of whatever size, with another attribute."""
    (name, change), *_ = changes.items()
    return forward(given(**{name: lambda s: change(getattr(s, name))}))


STRIDE_IGNORED = edit(*steps("[1] * len(stride)", "dilation"))
DILATION_IGNORED = edit(*steps("stride", "[1] * len(dilation)"))
NOT_EXCHANGED = edit(*steps("dilation", "stride"))

STEPS = (
    Mistake("stride-ignored", "the stride is 1 along every axis", asked(stride=ones)),
    Mistake(
        "dilation-ignored",
        "the dilation is 1 along every axis",
        asked(dilation=ones),
        links=(f"{_GITHUB}/deeplearning4j/deeplearning4j/issues/8320",),
    ),
    Mistake("stride-axes", "the strides of the axes are exchanged", asked(stride=backwards)),
    Mistake(
        "dilation-axes",
        "the dilations of the axes are exchanged",
        asked(dilation=backwards),
    ),
    Mistake(
        "stride-for-dilation",
        "stride and dilation are exchanged",
        forward(given(stride=lambda s: s.dilation, dilation=lambda s: s.stride)),
    ),
    Mistake("stride-in-size-alone", "the stride counts in the size of y alone", STRIDE_IGNORED),
    Mistake(
        "dilation-in-size-alone", "the dilation counts in the size of y alone", DILATION_IGNORED
    ),
    Mistake(
        "stride-axes-within",
        "the strides of the axes are exchanged, but not in the size of y",
        edit(*steps("stride[::-1]", "dilation")),
    ),
    Mistake(
        "dilation-axes-within",
        "the dilations of the axes are exchanged, but not in the size of y",
        edit(*steps("stride", "dilation[::-1]")),
    ),
    Mistake(
        "stride-for-dilation-within",
        "stride and dilation are exchanged, but not in the size of y",
        NOT_EXCHANGED,
    ),
)
