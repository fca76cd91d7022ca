"""Cases of instance normalization: with running averages over samples, and without."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ..case import Case, gradient, layer
from .edges import Edges
from .inputs import EPS, INF, NAN, Shape, numbers
from .running import DECIMAL, DYADIC, batches, fresh, weights, with_running
from .standard import Attributes, Suite, running

_SHAPE = (2, 3, 4)
_TWO_AXES = (2, 2, 2, 3)


def _of_channels(shape: Shape, _: Attributes) -> Shape:
    return shape[1:2]


_PAIRS = (3, 4, 2), {}
_INSTANCE = Suite(_SHAPE, _of_channels, _PAIRS, dialects=("instance", "running"))
_RUNNING = Suite(
    _SHAPE, _of_channels, _PAIRS, running="state", dyadic=DYADIC, decimal=DECIMAL,
    dialects=("running",),
)  # fmt: skip
_INFERENCE = Suite(_SHAPE, _of_channels, _PAIRS, running="given", dialects=("inference",))


def _edges(suite: Suite) -> Edges:
    return Edges(replace(suite, shape=(1, 2, 3)), (0, 0), ((1, 2, 1), {}))


_SPECIAL = [[[NAN, 1.0], [INF, 1.0], [2.0, 1.0]], [[1.0, -1.0], [-INF, INF], [-0.0, 1.0]]]
_OUTCOMES = "nan nan nan nan . . . . nan nan . ."


def _special_values() -> tuple[Case, ...]:
    flags, comment = ["special-values"], "NaN and infinities spoil their group, and no other"
    state = {"running_mean": [0.0, 1.0, -1.0], "running_var": [1.0, 2.0, 0.5]}
    return (
        layer(
            "special-values",
            comment,
            given={"x": _SPECIAL},
            hyper={"eps": EPS},
            flags=flags,
            outcomes={"y": _OUTCOMES},
            dialects=["instance"],
        ),
        layer(
            "special-values",
            f"{comment}, but every running average over them",
            given={"x": _SPECIAL},
            state=state,
            hyper=DYADIC | {"eps": EPS},
            flags=flags,
            outcomes={
                "y": _OUTCOMES,
                "running_mean": "nan nan .",
                "running_var": "nan nan .",
            },
            dialects=["running"],
        ),
        layer(
            "special-values",
            "every element by itself",
            given={"x": _SPECIAL, **state},
            hyper={"eps": EPS},
            flags=flags,
            outcomes={"y": "nan . +inf . . . . . -inf +inf . ."},
            dialects=["inference"],
        ),
        gradient(
            "gradient-special-values",
            "NaN and infinities spoil the gradient of their group, and no other",
            given={"dy": numbers("gradient-special-values", (2, 3, 2)), "x": _SPECIAL},
            hyper={"eps": EPS},
            flags=flags,
            outcomes={"dx": _OUTCOMES},
            dialects=["instance", "running"],
        ),
    )


def _special_dy() -> tuple[Case, ...]:
    return (
        _edges(_INSTANCE).special_dy(
            "NaN and an infinity in dy spoil their channel, and no other",
            [[[-3, -2, 1], [1, 2, -1.5], [-3, -2, 1]]],
            [[[NAN, 1, INF], [1, -1, 2], [1, 2, INF]]],
            dx="nan nan nan . . . nan nan nan",
            dgamma="nan . +inf",
            dbeta="nan . +inf",
        ),
        _edges(_INFERENCE).special_dy(
            "NaN and infinities in dy: in dx they stay where they are",
            [[[4, 5, 7], [-4, -6, -5]]],
            [[[NAN, INF, 1], [1, 2, -INF]]],
            dx="nan -inf . . . -inf",
            dgamma="nan +inf",
            dbeta="nan -inf",
        ),
    )


CASES = (
    *_INSTANCE.layers(),
    *_RUNNING.layers(),
    *_INFERENCE.layers(),
    *_INSTANCE.gradients(),
    *_INFERENCE.gradients(),
    *batches(_RUNNING, (3, 2, 4)),
    *weights(_RUNNING, (3, 2, 4)),
    *(c for suite in (_RUNNING, _INFERENCE) for c in suite.two_axes(_TWO_AXES)),
    *(c for suite in (_INSTANCE, _INFERENCE) for c in suite.gradient_two_axes(_TWO_AXES)),
    *fresh(_RUNNING, (2, 2, 3)),
    *_special_values(),
    *_special_dy(),
    *(c for suite in (_INSTANCE, _RUNNING) for c in _edges(suite).layers()),
    *_edges(_INSTANCE).gradients(),
    *_edges(_INFERENCE).inference(),
    layer(
        "single",
        "groups of one element: there is no unbiased variance",
        given={"x": numbers("single", (1, 2, 1))},
        state=running("single", (2,)),
        hyper=DYADIC | {"eps": EPS},
        flags=["few-elements", "running-average"],
        outcomes={"running_var": "nan nan"},
        dialects=["running"],
    ),
    layer(
        "one-sample",
        "two spatial axes of a single sample",
        given={"x": numbers("one-sample", (1, 2, 3, 4))},
        hyper={"eps": EPS},
        flags=["grouping"],
        dialects=["instance"],
    ),
    layer(
        "single",
        "groups of one element: y is beta",
        given={
            "x": numbers("single", (3, 2, 1)),
            "gamma": [1.5, -0.75],
            "beta": [-0.625, 2.0],
        },
        hyper={"eps": EPS},
        flags=["few-elements"],
        options=["affine"],
        dialects=["instance"],
    ),
    layer(
        "empty",
        "an empty batch",
        given={"x": np.zeros((0, 3, 4))},
        hyper={"eps": EPS},
        flags=["empty"],
        dialects=["instance"],
    ),
    *with_running(
        "empty",
        "an empty batch",
        x=np.zeros((0, 3, 4)),
        flags=["empty"],
    ),
    # No empty batch or axis for `running`: there are no moments to average.
    *_edges(_INSTANCE).empty(
        "empty", (0, 3, 4), "an empty batch gives parameters a gradient of 0", forward=False
    ),
    *(
        c
        for suite in (_INSTANCE, _INFERENCE)
        for c in _edges(suite).empty(
            "no-elements", (2, 3, 0), "an axis of size 0: nothing but gradients of 0"
        )
    ),
    *_edges(_INFERENCE).empty(
        "empty", (0, 3, 4), "an empty batch gives parameters a gradient of 0", forward=False
    ),
)
