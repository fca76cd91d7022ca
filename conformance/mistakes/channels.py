"""Mistakes with groups of channels, and with the bias of a channel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from .alter import computed, given, nothing, takes, where
from .edit import edit
from .mistake import Mistake
from .passes import forward

_GITHUB = "https://github.com"
_INPUT = "s * inputs * groups + o // share * inputs + c"

INTERLEAVED = edit({_INPUT: "s * inputs * groups + c * groups + o // share"})
_OUTPUTS_INTERLEAVED = edit({_INPUT: "s * inputs * groups + o % groups * inputs + c"})
_OF_FIRST_GROUP = edit({_INPUT: "s * inputs * groups + c"})


def _alternating(s: SimpleNamespace, out: dict[str, Any]) -> np.ndarray:
    """The first output of every group, then the second of each, and so on."""
    y = out["y"]
    order = np.arange(y.shape[1]).reshape(s.groups, -1).T.ravel()
    return y[:, order]


def _inputs(s: SimpleNamespace) -> int:
    """How many input channels an output channel sees."""
    return s.x.shape[1] // s.groups


GROUPS = (
    Mistake("groups-interleaved", "a group has every n-th input, not n in a row", INTERLEAVED),
    Mistake(
        "groups-of-outputs", "a group has every n-th output, not n in a row", _OUTPUTS_INTERLEAVED
    ),
    Mistake("first-group-only", "every group sees the inputs of the first group", _OF_FIRST_GROUP),
    Mistake(
        "outputs-interleaved",
        "the outputs of the groups alternate, and do not follow one group after the other",
        forward(where(takes("groups"), computed(y=_alternating))),
        links=(
            f"{_GITHUB}/uxlfoundation/oneDNN/issues/352",
            f"{_GITHUB}/Theano/Theano/issues/6297",
        ),
    ),
)

BIAS = (
    Mistake("bias-ignored", "the bias is ignored", nothing("b")),
    Mistake("bias-twice", "the bias is added twice", given(b=lambda s: s.b + s.b)),
    Mistake(
        "bias-for-each-input",
        "the bias is added once for every input channel, not once",
        forward(given(b=lambda s: s.b * _inputs(s))),
    ),
)
