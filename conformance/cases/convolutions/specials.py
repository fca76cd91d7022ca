"""Special values in a convolution: tables of what is not finite, told by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..case import Case
from .inputs import INF, NAN
from .questions import Geometry, Question, Rule


def specials(rule: Rule, at: Callable[..., Geometry]) -> Iterator[Case]:
    """NaN, infinities and negative zeros reach what they meet, and nothing else.

    No table asks for the sign of a zero: a sum that starts from 0 turns -0 into 0, one that starts
    from its first product does not, and both are right.
    """
    causal = tuple(name for name in rule.others if name == "causal")
    rest = tuple(name for name in (*rule.told, *rule.others) if name not in causal)
    for dialects, first in ((rest, ". nan -inf ."), (causal, ". nan . +inf")):
        yield from rule.forward(
            Question(
                "not-finite",
                "NaN and an infinity in x, NaN in the kernel of one output channel",
                ("special-values",),
                at((2,), (1,), (0, 0)),
                np.array([[[1 + 2.0**-20, 2, NAN, 1, 3, INF, 5, -1]]]),
                np.array([[[2.0, -3.0]], [[1.0, NAN]]]),
                dialects=dialects,
                outcomes={"y": f"{first} nan nan nan nan"},
            )
        )
    yield from rule.forward(
        Question(
            "special",
            "NaN, infinities and zeros in windows that do not overlap; an infinity times 0 is NaN",
            ("special-values",),
            at((2,), (1,), (2, 0)),
            np.array([[[INF, 1, -INF, 2, NAN, 1, INF, INF, INF, -INF, -0.0, -0.0, 1, 2]]]),
            np.array([[[2.0, -3.0]], [[0.0, 1.0]]]),
            dialects=("zeros",),
            outcomes={"y": ". +inf -inf nan nan +inf . . . nan nan nan nan nan . ."},
        )
    )
    yield from rule.forward(
        Question(
            "special-kernel",
            "an infinity in the kernel: it makes NaN of zeros, and infinities of all else",
            ("special-values",),
            at((2,), (1,), (0, 0)),
            np.array([[[0, 1, 2.0**-100, 1, -1, INF, -1, 3]]]),
            np.array([[[INF, 1.0]]]),
            dialects=("zeros", "valid"),
            outcomes={"y": "nan +inf nan -inf"},
        )
    )
    yield from rule.backward(
        Question(
            "special",
            "NaN and infinities in dy and x: they reach dw and db, and the dx below them",
            ("special-values",),
            at((2,), (1,), (0, 0)),
            np.array([[[1, 2, INF, 1, 3, -1, NAN, 5]]]),
            np.array([[[2.0, -3.0]], [[0.5, 1.0]]]),
            dialects=("zeros",),
            outcomes={
                "dx": ". . . . nan -inf . .",
                "dw": "nan -inf nan +inf",
                "db": "+inf -inf",
            },
        ),
        lambda *_: np.array([[[1, 2, INF, -1], [1, 2, -INF, -1]]]),
    )
    for dialect, dx in (
        ("reflect", ". nan nan -inf +inf"),
        ("replicate", "nan . . . nan"),
        ("circular", "-inf . . nan nan"),
    ):
        yield from rule.backward(
            Question(
                "special-border",
                "NaN and an infinity in dy: they reach the dx that stands for the border, too",
                ("padding", "special-values"),
                at((2,), (1,), (2, 1)),
                np.array([[[1.0, 2.0, -3.0, 1.0, 4.0]]]),
                np.array([[[2.0, -3.0]], [[0.5, 1.0]]]),
                dialects=(dialect,),
                outcomes={"dx": dx, "dw": "nan nan . .", "db": "nan ."},
            ),
            lambda *_: np.array([[[NAN, 1, 2, INF], [1, -1, 2, 1]]]),
        )
