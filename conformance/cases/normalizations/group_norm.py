"""Cases of group normalization: which channels are a group, and what shares a gamma."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..case import gradient, layer
from .edges import Edges
from .inputs import EPS, INF, NAN, Shape, numbers
from .standard import Attributes, Suite

_SHAPE = (2, 4, 3)
_TWO = {"groups": 2}


def _of_channels(shape: Shape, _: Attributes) -> Shape:
    return shape[1:2]


def _of_groups(_: Shape, attributes: Attributes) -> Shape:
    return (attributes["groups"],)


_PAIRS = (3, 4), _TWO
_PER_CHANNEL = Suite(_SHAPE, _of_channels, _PAIRS, _TWO, dialects=("contiguous", "interleaved"))
_PER_GROUP = Suite(_SHAPE, _of_groups, _PAIRS, _TWO, dialects=("group_affine",))

_ONE = {"groups": 1}
_EDGES = [
    Edges(replace(suite, shape=(2, 3), attributes=_ONE), (0,), ((2, 2), _TWO))
    for suite in (_PER_CHANNEL, _PER_GROUP)
]
_SPOILED_PARAMETERS = ("nan . +inf", "nan . +inf"), ("nan", "nan")

_SPECIAL = [
    [[NAN, 1.0], [2.0, -1.0]],
    [[1.0, INF], [0.5, 2.0]],
    [[-INF, INF], [1.0, 3.0]],
    [[-0.0, 0.0], [1.0, 0.0]],
]
_OUTCOMES = " ".join(["nan"] * 12 + ["."] * 4)

CASES = (
    *_PER_CHANNEL.layers(),
    *_PER_GROUP.layers(),
    *_PER_CHANNEL.gradients(),
    *_PER_GROUP.gradients(),
    *(case for edges in _EDGES for case in (*edges.layers(), *edges.gradients())),
    *(
        edges.special_dy(
            "NaN and an infinity in dy: in dx they spoil their group, in dgamma what they meet",
            [[-3, -2, 1], [1, 2, -1.5]],
            [[NAN, 1, INF], [1, -1, 2]],
            dx="nan nan nan . . .",
            dgamma=dgamma,
            dbeta=dbeta,
        )
        for edges, (dgamma, dbeta) in zip(_EDGES, _SPOILED_PARAMETERS, strict=True)
    ),
    *(
        case
        for edges in _EDGES
        for case in edges.empty(
            "no-elements", (2, 3, 0), "an axis of size 0: nothing but gradients of 0"
        )
    ),
    layer(
        "three-groups",
        "more groups than channels in each, and axes that all differ",
        given={"x": numbers("three-groups", (2, 6, 3))},
        hyper={"eps": EPS},
        attributes={"groups": 3},
        flags=["grouping"],
    ),
    gradient(
        "gradient-three-groups",
        "the gradient of three groups, over axes that all differ",
        given={
            "dy": numbers("gradient-three-groups/dy", (2, 6, 3)),
            "x": numbers("gradient-three-groups", (2, 6, 3)),
        },
        hyper={"eps": EPS},
        attributes={"groups": 3},
        flags=["gradient-terms", "grouping"],
    ),
    layer(
        "two-spatial-axes",
        "two spatial axes",
        given={"x": numbers("two-spatial-axes", (1, 4, 3, 2))},
        hyper={"eps": EPS},
        attributes=_TWO,
        flags=["grouping"],
    ),
    layer(
        "single",
        "groups of one element: y is beta",
        given={
            "x": numbers("single", (3, 2)),
            "gamma": [1.5, -0.75],
            "beta": [-0.625, 2.0],
        },
        hyper={"eps": EPS},
        attributes=_TWO,
        flags=["few-elements"],
        options=["affine"],
    ),
    layer(
        "special-values",
        "NaN and infinities spoil their group, here a sample, and no other",
        given={"x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"groups": 1},
        flags=["special-values"],
        outcomes={"y": _OUTCOMES},
    ),
    gradient(
        "gradient-special-values",
        "NaN and infinities spoil the gradient of their group, here a sample, and no other",
        given={"dy": numbers("gradient-special-values", (4, 2, 2)), "x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"groups": 1},
        flags=["special-values"],
        outcomes={"dx": _OUTCOMES},
    ),
    layer(
        "empty",
        "an empty batch",
        given={"x": np.zeros((0, 4, 3))},
        hyper={"eps": EPS},
        attributes=_TWO,
        flags=["empty"],
    ),
    gradient(
        "gradient-empty",
        "an empty batch gives parameters a gradient of 0",
        given={"dy": np.zeros((0, 2)), "x": np.zeros((0, 2)), "gamma": numbers("empty", (2,))},
        hyper={"eps": EPS},
        attributes=_TWO,
        flags=["empty"],
        options=["affine"],
    ),
)
