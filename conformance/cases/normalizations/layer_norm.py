"""Cases of layer normalization: over one axis, over two, and affine parameters of two shapes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..case import gradient, layer
from .edges import Edges
from .inputs import EPS, INF, NAN, Shape, numbers
from .standard import Attributes, Suite

_SHAPE = (2, 3, 4)
_LAST = {"axis": 2}


def _of_group(shape: Shape, attributes: Attributes) -> Shape:
    return shape[attributes["axis"] :]


def _last(shape: Shape, _: Attributes) -> Shape:
    return shape[-1:]


_PAIRS = (3, 4, 2), _LAST
_ELEMENTWISE = Suite(_SHAPE, _of_group, _PAIRS, {"axis": 1}, dialects=("elementwise",))
_FEATURE = Suite(_SHAPE, _last, _PAIRS, {"axis": 1}, dialects=("feature",))

_SPECIAL = [[NAN, 1.0, 2.0], [INF, 1.0, 2.0], [-INF, INF, 1.0], [-0.0, 0.0, 1.0]]
_EDGES = [
    Edges(replace(suite, shape=(2, 3)), (0,), ((2, 1), {"axis": 1}))
    for suite in (_ELEMENTWISE, _FEATURE)
]
_OUTCOMES = "nan nan nan nan nan nan nan nan nan . . ."

CASES = (
    *_ELEMENTWISE.layers(),
    *_FEATURE.layers(),
    *_ELEMENTWISE.gradients(),
    *_FEATURE.gradients(),
    *(case for edges in _EDGES for case in (*edges.layers(), *edges.gradients())),
    *(
        edges.special_dy(
            "NaN and an infinity in dy: in dx they spoil their group, in dgamma what they meet",
            [[-3, -2, 1], [1, 2, -1.5]],
            [[NAN, 1, INF], [1, -1, 2]],
            dx="nan nan nan . . .",
            dgamma="nan . +inf",
            dbeta="nan . +inf",
        )
        for edges in _EDGES
    ),
    *(
        case
        for edges in _EDGES
        for case in edges.empty(
            "no-elements", (2, 3, 0), "an axis of size 0 leaves nothing to normalize"
        )
    ),
    layer(
        "last-axis",
        "groups along one axis only, so that gamma is a row",
        given={
            "x": numbers("last-axis", _SHAPE),
            "gamma": numbers("last-axis/gamma", _SHAPE[2:]),
            "beta": numbers("last-axis/beta", _SHAPE[2:]),
        },
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["affine", "grouping"],
        options=["affine"],
    ),
    gradient(
        "gradient-last-axis",
        "groups along one axis only: a gamma is shared by all groups",
        given={
            "dy": numbers("gradient-last-axis/dy", _SHAPE),
            "x": numbers("gradient-last-axis", _SHAPE),
            "gamma": numbers("gradient-last-axis/gamma", _SHAPE[2:]),
        },
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["parameter-gradient", "grouping"],
        options=["affine"],
    ),
    layer(
        "single",
        "groups of one element: y is beta",
        given={
            "x": numbers("single", (3, 2, 1)),
            "gamma": [1.5],
            "beta": [-0.625],
        },
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["few-elements"],
        options=["affine"],
    ),
    layer(
        "special-values",
        "NaN and infinities spoil their group, and no other; there are negative zeros",
        given={"x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["special-values"],
        outcomes={"y": _OUTCOMES},
    ),
    gradient(
        "gradient-special-values",
        "NaN and infinities spoil the gradient of their group, and no other",
        given={"dy": numbers("gradient-special-values", (4, 3)), "x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["special-values"],
        outcomes={"dx": _OUTCOMES},
    ),
    layer(
        "empty",
        "an empty batch",
        given={"x": np.zeros((0, 3, 4))},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["empty"],
    ),
    gradient(
        "gradient-empty",
        "an empty batch gives parameters a gradient of 0",
        given={"dy": np.zeros((0, 4)), "x": np.zeros((0, 4)), "gamma": numbers("empty", (4,))},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["empty"],
        options=["affine"],
    ),
)
