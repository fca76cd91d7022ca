"""Cases of batch normalization: which averages are kept, how, and what inference makes of them."""

from __future__ import annotations

from dataclasses import replace

from ..case import Case, gradient, layer
from .edges import Edges
from .inputs import EPS, INF, NAN, Shape, numbers
from .running import DECIMAL, DYADIC, batches, fresh, weights, with_running
from .standard import Attributes, Suite, running

_SHAPE = (3, 2, 4)
_TWO_AXES = (2, 2, 2, 3)
_WEIGHTED = ("unbiased", "biased", "fused")
_TRAINING = (*_WEIGHTED, "cumulative")


def _of_channels(shape: Shape, _: Attributes) -> Shape:
    return shape[1:2]


_PAIRS = (2, 3), {}
_AVERAGING = Suite(
    _SHAPE, _of_channels, _PAIRS, running="state", dyadic=DYADIC, decimal=DECIMAL, t=3,
    dialects=_WEIGHTED,
)  # fmt: skip
_COUNTING = Suite(_SHAPE, _of_channels, _PAIRS, running="state", t=3, dialects=("cumulative",))
_ASKED_FOR_GRADIENTS = Suite(_SHAPE, _of_channels, _PAIRS, dialects=_TRAINING)
_INFERENCE = Suite(_SHAPE, _of_channels, _PAIRS, running="given", t=3, dialects=("inference",))


def _edges(suite: Suite) -> Edges:
    return Edges(replace(suite, shape=(3, 2)), (slice(None), 0), ((1, 2), {}))


_SPECIAL = [[NAN, INF, -INF, -0.0], [1.0, -INF, INF, 0.0], [2.0, 1.0, 1.0, 1.0]]
_STATE = {"running_mean": [0.0, 1.0, -1.0, 2.0], "running_var": [1.0, 2.0, 0.5, 1.5]}
_SPOILED = "nan nan nan . nan nan nan . nan nan nan ."


def _special_values() -> tuple[Case, ...]:
    flags, comment = ["special-values"], "NaN and infinities spoil their channel, and no other"
    outcomes = {"y": _SPOILED, "running_mean": "nan nan nan .", "running_var": "nan nan nan ."}
    return (
        layer(
            "special-values",
            comment,
            given={"x": _SPECIAL},
            state=_STATE,
            hyper=DYADIC | {"eps": EPS},
            flags=flags,
            outcomes=outcomes,
            dialects=_WEIGHTED,
        ),
        layer(
            "special-values",
            comment,
            given={"x": _SPECIAL},
            state=_STATE,
            hyper={"eps": EPS},
            flags=flags,
            outcomes=outcomes,
            t=3,
            dialects=["cumulative"],
        ),
        layer(
            "special-values",
            "every element by itself",
            given={"x": _SPECIAL, **_STATE},
            hyper={"eps": EPS},
            flags=flags,
            outcomes={"y": "nan +inf -inf . . -inf +inf . . . . ."},
            dialects=["inference"],
        ),
        gradient(
            "gradient-special-values",
            "NaN and infinities spoil the gradient of their channel, and no other",
            given={"dy": numbers("gradient-special-values", (3, 4)), "x": _SPECIAL},
            hyper={"eps": EPS},
            flags=flags,
            outcomes={"dx": _SPOILED},
            dialects=_TRAINING,
        ),
    )


def _special_dy() -> tuple[Case, ...]:
    return (
        _edges(_ASKED_FOR_GRADIENTS).special_dy(
            "NaN and an infinity in dy spoil their channel, and no other",
            [[-3, 1, -3], [-2, 2, -2], [1, -1.5, 1]],
            [[NAN, 1, 1], [1, -1, 2], [INF, 2, INF]],
            dx="nan . nan nan . nan nan . nan",
            dgamma="nan . +inf",
            dbeta="nan . +inf",
        ),
        _edges(_INFERENCE).special_dy(
            "NaN and infinities in dy: in dx they stay where they are",
            [[4, -4], [5, -6], [7, -5]],
            [[NAN, 1], [INF, 2], [1, -INF]],
            dx="nan . -inf . . -inf",
            dgamma="nan +inf",
            dbeta="nan -inf",
        ),
    )


def _single_element() -> tuple[Case, ...]:
    """Batches of one element: the unbiased variance is 0 / 0, but in `fused`."""
    x, state = numbers("single", (1, 2)), running("single", (2,))
    lost = {"running_var": "nan nan"}
    weighted = tuple(
        layer(
            "single",
            comment,
            given={"x": x},
            state=state,
            hyper=DYADIC | {"eps": EPS},
            flags=["few-elements", "running-average"],
            outcomes=outcomes,
            dialects=dialects,
        )
        for comment, outcomes, dialects in (
            ("one element in a batch: there is no unbiased variance", lost, ("unbiased",)),
            ("one element in a batch has the variance 0", {}, ("biased", "fused")),
        )
    )
    counted = layer(
        "single",
        "one element in a batch: there is no unbiased variance",
        given={"x": x},
        state=state,
        hyper={"eps": EPS},
        flags=["few-elements", "running-average"],
        outcomes=lost,
        t=3,
        dialects=["cumulative"],
    )
    return (*weighted, counted)


CASES = (
    *_AVERAGING.layers(),
    *_COUNTING.layers(),
    *_INFERENCE.layers(),
    *_ASKED_FOR_GRADIENTS.gradients(),
    *_INFERENCE.gradients(),
    *batches(_AVERAGING, (3, 2)),
    *weights(_AVERAGING, (3, 2)),
    *batches(_COUNTING, (3, 2)),
    *(c for suite in (_AVERAGING, _COUNTING, _INFERENCE) for c in suite.two_axes(_TWO_AXES)),
    *(
        c
        for suite in (_ASKED_FOR_GRADIENTS, _INFERENCE)
        for c in suite.gradient_two_axes(_TWO_AXES)
    ),
    *fresh(_AVERAGING, (3, 2)),
    *fresh(_COUNTING, (3, 2)),
    *_special_values(),
    *_special_dy(),
    *(c for suite in (_AVERAGING, _COUNTING) for c in _edges(suite).layers()),
    *_edges(_ASKED_FOR_GRADIENTS).gradients(),
    *_edges(_INFERENCE).inference(),
    *_single_element(),
    layer(
        "first",
        "the first batch of all leaves nothing of the state",
        given={"x": numbers("first", (5, 3))},
        state=running("first", (3,)),
        hyper={"eps": EPS},
        flags=["running-average", "step-count"],
        dialects=["cumulative"],
    ),
    layer(
        "late",
        "a batch that hardly counts any more",
        given={"x": numbers("late", (5, 3))},
        state=running("late", (3,)),
        hyper={"eps": EPS},
        t=1000,
        flags=["running-average", "step-count"],
        dialects=["cumulative"],
    ),
    # No empty batch in training: it has no moments, and some code leaves the averages as they
    # are where other code spoils them with NaN.
    *with_running(
        "empty",
        "an empty batch",
        x=numbers("empty", (0, 3, 4)),
        flags=["empty"],
    ),
    *_edges(_INFERENCE).empty(
        "no-elements", (2, 3, 0), "an axis of size 0: nothing but gradients of 0"
    ),
    *_edges(_INFERENCE).empty(
        "empty", (0, 3, 4), "an empty batch gives parameters a gradient of 0", forward=False
    ),
)
