"""Claim 35: how long the output of a convolution is.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
relationship 6.
"""

from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
from sympy import Expr, Integer, S, Symbol, floor, symbols

from ...claim import Claim
from ...convolutions.conv import zeros
from ...proofs.evidence import Computed, Counted, Each
from ...proofs.fact import Equal, Holds
from ...tensors.symbols import C, K, L, M, N, O, dilation, groups, hi, lo, stride
from ..convolving import run, step

q, r, e = symbols("q r e", integer=True, nonnegative=True)
WHOLE = step(zeros, "length").doit()
(QUOTIENT,) = WHOLE.atoms(floor)
LENGTH = QUOTIENT + 1
REACH = dilation * (K - 1)
exceptions, occurring = Symbol("exceptions"), Symbol("occurring")
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


@cache
def shape(x: Lengths, w: Lengths, pads: Lengths) -> Lengths:
    """Measure y by the rule; its elements, which do not matter, are left at 0."""
    steps = [step for step in zeros.steps if step.name in ("length", "output")]
    steps = [s if s.target == M else replace(s, value=S.Zero) for s in steps]
    ones = (1,) * len(pads)
    padding = tuple((pad, pad) for pad in pads)
    tensors = {"x": np.zeros(x, dtype=int), "w": np.zeros(w, dtype=int)}
    attributes = {"stride": ones, "dilation": ones, "groups": 1, "padding": padding}
    return zeros.layout.run(steps, tensors, attributes)["y"].shape


def example(channels: Lengths, x: Lengths, w: Lengths, y: Lengths, pads: Lengths) -> Each:
    """Compute the lengths of y by the formula, and measure its shape."""
    inputs, outputs = channels
    formula = (
        Equal(
            f"axis {axis}",
            LENGTH,
            after,
            given={L: length, K: size, lo: pad, hi: pad, stride: 1, dilation: 1},
        )
        for axis, (length, size, after, pad) in enumerate(zip(x, w, y, pads, strict=True))
    )
    measured = (
        Computed(
            f"the rule, axis {axis}",
            size,
            lambda axis=axis: Integer(shape((1, inputs, *x), (outputs, inputs, *w), pads)[axis]),
            Integer(value),
        )
        for axis, (size, value) in enumerate(
            zip((N, O, *(M,) * len(y)), (1, outputs, *y), strict=True)
        )
    )
    return Each(
        f"from {_by(x)} elements to {_by(y)}, with a kernel of {_by(w)} and padding {_by(pads)}, "
        f"by the formula and by the rule, with {inputs} channels that become {outputs}",
        (*formula, *measured),
    )


def _by(lengths: Lengths) -> str:
    """Write lengths along axes.

    >>> _by((64, 128))
    '64 by 128'
    """
    return " by ".join(map(str, lengths))


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
        Equal(
            "with stride and dilation 1, without padding",
            LENGTH,
            L - K + 1,
            given={stride: 1, dilation: 1, lo: 0, hi: 0},
        ),
        Holds(
            "where the window at 0 ends beyond the extended x, by $1 + e$, no window fits",
            REACH - lo,
            ">",
            L - 1 + hi,
            given={L: REACH - e - lo - hi},
        ),
        Holds(
            "and the quotient is below 0: its whole part is $-1$ at most, the length 0",
            QUOTIENT.args[0],
            "<",
            0,
            given={L: REACH - e - lo - hi, stride: r + 1},
        ),
        Counted(
            "sizes at which the rule itself gives another number of elements than windows fit",
            exceptions,
            lambda: exceptions_in(6),
            Integer(0),
            limits="L <= 6, K, stride <= 3, dilation, padding <= 2",
        ),
    ),
)

EXAMPLES = Claim(
    35,
    "output-length-examples",
    "With stride and dilation 1, 64 elements become 62 with a kernel of 3 and 60 with one of 5. "
    "A plane of (64, 128) becomes one of (62, 124) with a kernel of (3, 5), and keeps its "
    "lengths with padding (1, 2) at both ends. The numbers of samples, channels and groups do "
    "not matter.",
    (
        example((2, 16), (64,), (3,), (62,), (0,)),
        example((2, 16), (64,), (5,), (60,), (0,)),
        example((20, 16), (64, 128), (3, 5), (62, 124), (0, 0)),
        example((20, 2), (64, 128), (3, 5), (64, 128), (1, 2)),
        Computed(
            "of the numbers of samples, channels and groups, so many occur in the rule's length",
            occurring,
            lambda: Integer(len(WHOLE.free_symbols & {N, C, O, groups})),
            Integer(0),
        ),
    ),
)

CLAIMS = (LENGTHS, EXAMPLES)
