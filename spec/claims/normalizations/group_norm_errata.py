"""Claim 53: group normalization with one group has other parameters than layer normalization."""

from math import prod

import numpy as np
from sympy import Integer

from ...claim import Refuted
from ...normalizations.group_norm import contiguous
from ...normalizations.layer_norm import elementwise
from ...proofs.arrays import Same
from ...proofs.evidence import Fails, Finite
from ...tensors.evaluate import forward
from ..normalizing import tensors

ONE_CHANNEL = (1, 1, 2)


def repeated(places: int) -> Same:
    """State when both are the same, for two channels of so many places."""

    def sides():
        given = tensors(contiguous, (1, 2, places), {"groups": 1})
        wide = {name: np.repeat(given[name][:, None], places, axis=1) for name in ("gamma", "beta")}
        layer = forward(elementwise, ("affine",), {**given, **wide}, {"axis": 1})
        return forward(contiguous, ("affine",), given, {"groups": 1}), layer

    return Same(f"{places} places", sides)


def scales(layer, **attributes: int) -> Integer:
    """Count the elements of gamma for one channel of two places."""
    return Integer(prod(layer.layout.parameters(ONE_CHANNEL, attributes)["gamma"]))


NOT_LAYER_NORM = Refuted(
    53,
    "one-group-with-parameters",
    "Group normalization with one group is layer normalization.",
    (
        Finite(
            "with scale and shift they agree where those of layer normalization are the same at "
            "all places of a channel",
            tuple(map(repeated, range(1, 3))),
            sizes=range(1, 3),
            of="numbers of places",
        ),
    ),
    counterexample=Fails(
        r"how many elements $\gamma$ has, for one channel of two places: of layer normalization "
        "and of group normalization",
        scales(elementwise, axis=1),
        "=",
        scales(contiguous, groups=1),
    ),
    truth="They normalize alike, over all axes but the first. Group normalization scales and "
    "shifts each channel by one number, layer normalization each place of each channel by its own.",
)

CLAIMS = (NOT_LAYER_NORM,)
