"""Claim 35: how long the output of a convolution is.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
relationship 6.
"""

from itertools import product

import numpy as np
from sympy import Expr, Integer, Symbol, floor, symbols

from ...claim import Claim
from ...convolutions.conv import zeros
from ...proofs.evidence import Computed, Each
from ...proofs.fact import Equal, Holds
from ...tensors.symbols import K, L, dilation, hi, lo, stride
from ..convolving import run, step

q, r, e = symbols("q r e", integer=True, nonnegative=True)
WHOLE = step(zeros, "length").doit()
(QUOTIENT,) = WHOLE.atoms(floor)
LENGTH = QUOTIENT + 1
REACH = dilation * (K - 1)
exceptions = Symbol("exceptions")
Lengths = tuple[int, ...]


def fits(quotient: Expr, steps: Expr) -> Expr:
    """Give the length of x for which the quotient leaves the remainder r."""
    return steps * quotient + r + REACH + 1 - lo - hi


def exceptions_in(limit: int) -> Expr:
    """Count sizes up to a limit where y has another length than the windows that fit in x."""
    wrong = 0
    for length, size, s, d in product(range(1, limit + 1), range(1, 4), range(1, 4), (1, 2)):
        for before, after in product(range(3), repeat=2):
            places = range(-before, length + after)
            fitting = [at for at in places[::s] if at + d * (size - 1) in places]
            x, w = np.zeros((1, 1, length), dtype=int), np.zeros((1, 1, size), dtype=int)
            y = run(zeros, x, w, stride=(s,), dilation=(d,), padding=((before, after),))
            wrong += y.shape != (1, 1, len(fitting))
    return Integer(wrong)


def example(x: Lengths, w: Lengths, y: Lengths, pads: Lengths) -> Each:
    """Compute the lengths of y on each axis."""
    return Each(
        f"from {x} with a kernel {w} and padding {pads} to {y}",
        tuple(
            Equal(
                f"axis {axis}",
                WHOLE,
                after,
                given={L: length, K: size, lo: pad, hi: pad, stride: 1, dilation: 1},
            )
            for axis, (length, size, after, pad) in enumerate(zip(x, w, y, pads, strict=True))
        ),
    )


LENGTHS = Claim(
    35,
    "output-length",
    r"With stride $\sigma$, dilation $\delta$ and padding $p_0$, $p_1$ the output has length "
    r"$\lfloor (L + p_0 + p_1 - \delta (K-1) - 1) / \sigma \rfloor + 1$, or 0 where that is less; "
    r"$L - K + 1$ for $\sigma = \delta = 1$ without padding.",
    (
        Holds(
            r"let the quotient be $q$ and leave $r < \sigma$: the window at $q$ ends within the "
            "extended x",
            stride * q - lo + REACH,
            "<=",
            L - 1 + hi,
            given={L: fits(q, stride)},
        ),
        Holds(
            "and the next would not",
            stride * (q + 1) - lo + REACH,
            ">",
            L - 1 + hi,
            given={L: fits(q, r + 1 + e), stride: r + 1 + e},
        ),
        Equal("for the plainest", LENGTH, L - K + 1, given={stride: 1, dilation: 1, lo: 0, hi: 0}),
        Computed(
            r"the rule gives as many elements as windows fit, for $L \le 6$, $K \le 3$, "
            r"$\sigma \le 3$, $\delta \le 2$ and padding up to 2",
            exceptions,
            lambda: exceptions_in(6),
            Integer(0),
        ),
    ),
)

EXAMPLES = Claim(
    35,
    "output-length-examples",
    "64 values become 62 with a kernel of 3 and 60 with one of 5; (64, 128) become (62, 124) with "
    "a kernel (3, 5), and stay as many with padding (1, 2). Channels do not matter.",
    (
        example((64,), (3,), (62,), (0,)),
        example((64,), (5,), (60,), (0,)),
        example((64, 128), (3, 5), (62, 124), (0, 0)),
        example((64, 128), (3, 5), (64, 128), (1, 2)),
    ),
)

CLAIMS = (LENGTHS, EXAMPLES)
