"""Claims 55 and 56: what "same" padding is said to keep the same."""

from itertools import product

import numpy as np
from sympy import Expr, Integer, Symbol, floor

from ...claim import Refuted
from ...convolutions.conv import same_upper
from ...proofs.evidence import Counted, Fails
from ...proofs.fact import Equal
from ...tensors.symbols import K, L, dilation, hi, lo, stride, total
from ..convolving import run, step
from .conv_same import COUNTS, FORMULA, WINDOW, M

h = Symbol("h", integer=True, nonnegative=True)
exceptions = Symbol("exceptions")
BEFORE, AFTER = step(same_upper, "before"), step(same_upper, "after")
BOTH = {total: FORMULA, lo: BEFORE.subs(total, FORMULA)}
STRIDED = {L: 6, K: 3, stride: 2, dilation: 1}
WHOLE = (L + lo + hi - WINDOW) / stride + 1
"""How many windows fit, where that is whole."""

UNEVEN = Refuted(
    55,
    "same-pads-evenly",
    'Padding that is called "same" puts as many zeros before x as after it.',
    (
        Equal("an even total is halved", AFTER - BEFORE, 0, given={total: 2 * h, lo: h}),
        Equal(
            "of an odd one the end gets one more", AFTER - lo, 1, given={total: 2 * h + 1, lo: h}
        ),
        Equal("as half of it, rounded down, is", BEFORE, h, given={total: 2 * h + 1}),
        Equal("for 6 elements, a kernel of 3 and stride 2 it is", FORMULA, 1, given=STRIDED),
    ),
    counterexample=Fails(
        "the zeros before and after 6 elements, for a kernel of 3 and stride 2",
        BEFORE.subs(BOTH),
        "=",
        AFTER.subs(BOTH),
        given=STRIDED,
    ),
    truth="It does where the total is even. An odd zero goes to the end in same_upper, to the "
    "beginning in same_lower. Then no symmetric padding computes same_upper.",
)


def uneven_lengths() -> Expr:
    """Count sizes at which the output is not as long as the rounded-up quotient."""
    wrong = 0
    for length, size, by, apart in product(range(1, 7), *(range(1, 4),) * 3):
        x, w = np.zeros((1, 1, length), dtype=int), np.zeros((1, 1, size), dtype=int)
        y = run(same_upper, x, w, stride=(by,), dilation=(apart,))
        wrong += y.shape[-1] != -(-length // by)
    return Integer(wrong)


SHORTER = Refuted(
    56,
    "same-keeps-the-length",
    'With "same" padding the output is as long as the input.',
    (
        *COUNTS[:3],
        Equal(
            r"so $M$ windows fit where the padding is $W - r$ in all",
            WHOLE,
            M,
            given={hi: stride * (M - 1) + WINDOW - L - lo},
        ),
        Counted(
            r"sizes at which the rule itself gives other than $\lceil L / \sigma \rceil$ elements",
            exceptions,
            uneven_lengths,
            Integer(0),
            limits="L <= 6, K, stride, dilation <= 3",
        ),
    ),
    counterexample=Fails(
        "the length for 6 elements, a kernel of 3 and stride 2",
        1 + floor((L + FORMULA - WINDOW) / stride),
        "=",
        L,
        given=STRIDED,
    ),
    truth=r"It has length $\lceil L / \sigma \rceil$: where the input has more than one element, "
    "that is its own length for stride 1 alone.",
)

CLAIMS = (UNEVEN, SHORTER)
