"""Cases of running averages, shared by the rules that keep them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..case import Case, layer, layers
from .inputs import EPS, Shape, numbers
from .standard import Suite, running

DYADIC = {"momentum": 0.875}
DECIMAL = {"momentum": 0.99}
_OTHER_DECIMAL = {"momentum": 0.1}
_COUNT = 3


def batches(suite: Suite, shape: Shape) -> Iterator[Case]:
    """Several batches in a row, of one shape and then of changing deviations and means."""
    for id, comment, hyper, eps, bits, flag in (
        ("batches", "the averages after each batch", suite.dyadic, EPS, 8, "state"),
        ("decimal-batches", "a run with the numbers users type",
         _OTHER_DECIMAL if suite.dyadic else {}, 1e-5, 24, "decimal"),
    ):  # fmt: skip
        yield layers(
            id,
            comment,
            given=[
                {"x": numbers(f"{id}/{i}", shape, bits=bits, exponent=i)} for i in range(_COUNT)
            ],
            state=running(id, shape[1:2], bits=bits),
            hyper={**hyper, "eps": eps},
            flags=["running-average", flag],
            t=suite.t,
            dialects=suite.dialects,
        )


def weights(suite: Suite, shape: Shape) -> Iterator[Case]:
    """An old average far from the batch's, and a batch far from the average: 1 - momentum shows."""
    channels = np.array([128.0 if c % 2 else 1.0 for c in range(shape[1])])
    x = numbers("weights", shape, bits=24) * channels.reshape(1, -1, *[1] * (len(shape) - 2))
    mean = numbers("weights/running_mean", shape[1:2], bits=24) * 128 / channels
    variance = numbers("weights/running_var", shape[1:2], bits=24, positive=True)
    yield layer(
        "weights",
        "a momentum near 1, where 1 - momentum has few digits left in float32",
        given={"x": x},
        state={"running_mean": mean, "running_var": variance * (128 / channels) ** 2},
        hyper={"momentum": 0.999, "eps": 1e-5},
        flags=["decimal", "running-average"],
        dialects=suite.dialects,
    )


def fresh(suite: Suite, shape: Shape) -> Iterator[Case]:
    """Ask from the state of a new layer, which is a state as any other."""
    channels = shape[1]
    yield layer(
        "fresh",
        "the running mean of a new layer is 0 and its variance 1: they count as any others",
        given={"x": numbers("fresh", shape)},
        state={"running_mean": np.zeros(channels), "running_var": np.ones(channels)},
        hyper={**suite.dyadic, "eps": EPS},
        flags=["running-average", "state"],
        t=suite.t,
        dialects=suite.dialects,
    )


def with_running(id: str, comment: str, *, x: np.ndarray, flags: Sequence[str]) -> Iterator[Case]:
    """Ask in inference, with a running mean and variance."""
    yield layer(
        id,
        comment,
        given={"x": x, **running(id, x.shape[1:2])},
        hyper={"eps": EPS},
        flags=flags,
        dialects=["inference"],
    )
