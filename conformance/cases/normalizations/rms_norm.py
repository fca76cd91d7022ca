"""Cases of root mean square normalization: nothing is centred, and gamma may count from 1."""

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


_SUITE = Suite(_SHAPE, _of_group, ((3, 4, 2), _LAST), {"axis": 1}, option="scale", names=("gamma",))

_SPECIAL = [[NAN, 1.0, 2.0], [INF, -INF, INF], [-0.0, 0.0, 1.0]]
_SPOILED = "nan nan nan nan nan nan"
_EDGES = Edges(replace(_SUITE, shape=(2, 3)), (0,), ((2, 1), {"axis": 1}), centred=False)

CASES = (
    *_SUITE.layers(),
    *_SUITE.gradients(),
    *_EDGES.layers(),
    *_EDGES.gradients(),
    _EDGES.special_dy(
        "NaN and an infinity in dy: in dx they spoil their group, in dgamma what they meet",
        [[-3, -2, 1], [1, 2, -1.5]],
        [[NAN, 1, INF], [1, -1, 2]],
        dx="nan nan nan . . .",
        dgamma="nan . +inf",
    ),
    *_EDGES.empty("no-elements", (2, 3, 0), "an axis of size 0 leaves nothing to normalize"),
    layer(
        "not-centred",
        "a mean that must stay: the root mean square is not the deviation",
        given={"x": numbers("not-centred", _SHAPE, positive=True)},
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["uncentred"],
    ),
    gradient(
        "gradient-not-centred",
        "a gradient without a mean to take off",
        given={
            "dy": numbers("gradient-not-centred/dy", _SHAPE, positive=True),
            "x": numbers("gradient-not-centred", _SHAPE, positive=True),
            "gamma": numbers("gradient-not-centred/gamma", _SHAPE[2:]),
        },
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["parameter-gradient", "uncentred"],
        options=["scale"],
    ),
    layer(
        "single",
        "groups of one element: y is its sign but for eps",
        given={"x": numbers("single", (3, 2, 1)), "gamma": [1.5]},
        hyper={"eps": EPS},
        attributes=_LAST,
        flags=["few-elements"],
        options=["scale"],
    ),
    layer(
        "special-values",
        "NaN and groups of infinities stay in their group, and zeros keep their sign",
        given={"x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["special-values"],
        outcomes={"y": f"{_SPOILED} -0 +0 ."},
    ),
    gradient(
        "gradient-special-values",
        "NaN and infinities spoil the gradient of their group, and no other",
        given={"dy": numbers("gradient-special-values", (3, 3)), "x": _SPECIAL},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["special-values"],
        outcomes={"dx": f"{_SPOILED} . . ."},
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
        "an empty batch gives gamma a gradient of 0",
        given={"dy": np.zeros((0, 4)), "x": np.zeros((0, 4)), "gamma": numbers("empty", (4,))},
        hyper={"eps": EPS},
        attributes={"axis": 1},
        flags=["empty"],
        options=["scale"],
    ),
)
