"""Claims 35 and 36: which products a transposed convolution sums, and how long its output is.

For all sizes, on one sample, one channel and one axis. V. Dumoulin and F. Visin, A guide to
convolution arithmetic for deep learning, arXiv:1603.07285v2, chapter 4.
"""

from sympy import Expr, Symbol, ceiling, symbols

from ...claim import Claim
from ...convolutions import conv
from ...convolutions.conv_transpose import adjoint, same, valid
from ...proofs.fact import Equal, Holds
from ...tensors.layer import Layer
from ...tensors.symbols import (
    D,
    K,
    L,
    M,
    dilation,
    dye,
    hi,
    i,
    j,
    lo,
    output_padding,
    stride,
    x,
    xe,
)
from ..convolving import step
from .conv_chain_rule import READ, SENT, alone

e, h, q = symbols("e h q", integer=True, nonnegative=True)
REACH = dilation * (K - 1)
LENGTH = step(adjoint, "length").doit().args[1]
W = Symbol("W", integer=True, positive=True)
WHOLE = step(valid, "length").doit().subs(REACH, W - 1)
LEFT = M + lo + hi - REACH - 1
"""What convolution divides by the stride to find its length: y is its x here."""


def term(dialect: Layer, name: str) -> Expr:
    """Give what a step adds up for one channel."""
    steps = {step.name: step.value for step in (*dialect.steps, *dialect.backward)}
    return alone(steps[name].function.subs(D, 1))


def like(expression: Expr, taken: Expr, by: Expr) -> Expr:
    """Write another tensor for one, at the same places."""
    return expression.replace(
        lambda part: part.is_Indexed and part.base == taken, lambda part: by[part.indices]
    )


PLACES = Claim(
    36,
    "places",
    r"For all sizes, strides, dilations and paddings, on one axis: in $\langle C(x, w), y \rangle$ "
    r"and in $\langle x, T(y, w) \rangle$ the same products are summed, $x_j w_k y_i$ with "
    r"$j = \sigma i + \delta k - p_0$.",
    (
        Equal(
            r"transposed convolution adds up what the gradient $d\tilde{x}$ of convolution does, "
            "its own input in place of $dy$",
            term(adjoint, "output"),
            like(term(conv.zeros, "extended-gradient"), dye, xe),
        ),
        Equal(
            r"convolution reads $x_j$ for $y_i$ through $w_k$ where $j = \sigma i + \delta k - "
            "p_0$; for this $j$ transposed convolution reads its input, spread out by the stride, "
            "at",
            SENT,
            stride * i,
            given={j: READ},
        ),
        Equal(
            "which is element $i$ of its input, where $i$ is one of its $L$ places ($e, h, q$ "
            "are whole, and not below 0)",
            alone(step(adjoint, "spread")).subs(j, stride * i),
            x[i],
            given={i: h, L: h + 1 + e, stride: 1 + q},
        ),
        Equal(
            "and the other way round: the gradient $dx$ of transposed convolution adds up what "
            "convolution does, $dy$ in place of $x$",
            term(adjoint, "input-gradient"),
            like(term(conv.zeros, "output"), xe, dye),
        ),
    ),
)

BACK = Claim(
    35,
    "length-back",
    r"Convolution with the same attributes takes $y$ back to the length of $x$, in the adjoint "
    r"dialect with any output padding $e < \sigma$: the $\sigma$ lengths that convolution takes to "
    "one are told apart by $e$. It does so in same, with same_upper, and in valid.",
    (
        Equal(
            r"adjoint: convolution divides this by $\sigma$",
            LEFT,
            (L - 1) * stride + output_padding,
            given={M: LENGTH},
        ),
        Holds(
            "the quotient is $L - 1$ at least",
            (L - 1) * stride + output_padding,
            ">=",
            (L - 1) * stride,
            given={output_padding: e},
        ),
        Holds(
            r"and less than $L$, so its whole part is $L - 1$ and the length $L$: let $\sigma$ be "
            "$e + 1 + h$",
            (L - 1) * stride + output_padding,
            "<",
            L * stride,
            given={output_padding: e, stride: e + 1 + h},
        ),
        Equal(
            r"same: same_upper divides the length by $\sigma$ and rounds up",
            ceiling(M / stride),
            L,
            given={M: step(same, "length")},
        ),
        Equal(
            r"valid: where the window, $W = \delta (K - 1) + 1$, is as long as the stride or "
            r"longer, the quotient is $L - 1$: let $W$ be $\sigma + h$",
            M - W,
            (L - 1) * stride,
            given={M: WHOLE.subs(W, stride + h), W: stride + h},
        ),
        Holds(
            r"where it is shorter, $M = \sigma L$, and its whole part is: let $\sigma$ be $W + h$",
            L * stride - W,
            ">=",
            (L - 1) * stride,
            given={stride: W + h},
        ),
        Holds("as before, it is less than $L$", L * stride - W, "<", L * stride),
    ),
)

CLAIMS = (PLACES, BACK)
