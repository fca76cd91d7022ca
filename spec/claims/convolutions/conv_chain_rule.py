r"""Claim 36: the gradients of a convolution by the chain rule, for all sizes.

The terms are those of the rule's steps for one sample, one channel and one axis; over the others,
sums go along. $dz$ is the derivative of the sum of $dy$ times $y$ by $z$. V. Dumoulin and F. Visin,
A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2, chapter 4.
"""

from sympy import Derivative, Expr, Indexed, Sum, Symbol, symbols

from ...claim import Claim
from ...convolutions.conv import zeros
from ...proofs.fact import Equal
from ...tensors.symbols import (
    C,
    K,
    M,
    O,
    b,
    c,
    dilation,
    dxe,
    dy,
    groups,
    i,
    j,
    k,
    lo,
    o,
    s,
    stride,
    w,
    x,
    xe,
)

ALONE = {C: 1, O: 1, groups: 1, s: 0, o: 0, c: 0}
e, q, h = symbols("e q h", integer=True, nonnegative=True)
n = Symbol("n", integer=True)
STEPS = {step.name: step.value for step in (*zeros.steps, *zeros.backward)}
READ, SENT = stride * i + dilation * k - lo, j + lo - dilation * k
"""Where output i reads x through element k of the kernel; where place j reads the spread dy."""
PLACES, KERNEL = (i, 0, M - 1), (k, 0, K - 1)


def alone(value: Expr) -> Expr:
    """Put an equation down for one sample and one channel, with one index on each tensor."""
    return value.subs(ALONE).doit().replace(Indexed, lambda base, *place: base[place[-1]])


TERM, BY_KERNEL = (alone(STEPS[name].function) for name in ("output", "kernel-gradient"))

OF_KERNEL = (
    Equal(
        "every $y_i$ reads $w_k$ once, so $dw_k$ is",
        Derivative(Sum(dy[i] * TERM, PLACES), w[k]),
        Sum(BY_KERNEL, PLACES),
    ),
    Equal(
        r"these are the terms of a convolution of $x$ with the kernel $dy$, with the stride "
        r"$\delta$ and the dilation $\sigma$: at its place $n$, element $q$ of that kernel gives",
        TERM.subs({w[k]: dy[k]}).subs(
            {i: n, k: q, stride: dilation, dilation: stride}, simultaneous=True
        ),
        BY_KERNEL,
        given={n: k, q: i},
    ),
)

OF_INPUT = (
    Equal(
        r"$y_i$ reads $\tilde{x}_j$ through $w_k$, where $j = \sigma i + \delta k - p_0$, and the "
        "derivative of its term is",
        Derivative(dy[i] * TERM, xe[READ]),
        dy[i] * w[k],
    ),
    Equal(
        r"so for $\tilde{x}_j$ and $w_k$, the place $i$ of $y$, times the stride, is",
        SENT,
        stride * i,
        given={j: READ},
    ),
    Equal(
        r"let $\tilde{dy}$ be $dy$, spread out by the stride; at the place $\sigma i$ it has the "
        "element $dy_i$, where $i$ is one of the $M$ places ($e, h, q$ are whole, and not below 0)",
        alone(STEPS["spread"]).subs(j, stride * i),
        dy[i],
        given={i: h, M: h + 1 + e, stride: 1 + q},
    ),
    Equal(
        r"so $d\tilde{x}_j$ is the sum of $w_k \tilde{dy}_{j+p_0-\delta k}$ over $k$, as "
        r"$\tilde{dy}$ is 0 elsewhere. With $K - 1 - k$ for $k$, that is $w$ turned around, it "
        r"reads $\tilde{dy}$ where a convolution does that has stride 1, dilation $\delta$ and "
        r"padding $\delta (K-1) - p_0$, at its place $j$",
        SENT.subs(k, K - 1 - k),
        READ.subs({i: j, stride: 1, lo: dilation * (K - 1) - lo}, simultaneous=True),
    ),
    Equal(
        r"with zeros, $x_j$ stands at one place of $\tilde{x}$, and $dx_j = d\tilde{x}_j$; where "
        "it stands at several, as at $n$ and $q$, $dx_j$ is the sum",
        Derivative(dxe[n] * x[j] + dxe[q] * x[j], x[j]),
        dxe[n] + dxe[q],
    ),
)

OF_BIAS = Equal(
    "every $y_i$ reads $b_o$ once, so $db_o$ is",
    Derivative(Sum(dy[i] * (Sum(TERM, KERNEL) + b[o]), PLACES), b[o]),
    Sum(dy[i], PLACES),
)

CHAIN_RULE = Claim(
    36,
    "chain-rule",
    r"For all sizes, strides, dilations and paddings, on one axis: $dw$ is a convolution of $x$ "
    r"with $dy$, stride and dilation exchanged; $d\tilde{x}$ is a convolution of $dy$, spread out "
    r"by the stride, with the turned kernel; $db$ is the sum of $dy$.",
    (*OF_KERNEL, *OF_INPUT, OF_BIAS),
)

CLAIMS = (CHAIN_RULE,)
