"""Claims about RMS normalization: what it keeps, and its gradient.

B. Zhang and R. Sennrich, Root mean square layer normalization, arXiv:1910.07467v1, section 4.
"""

from sympy import Derivative, Sum, Symbol, sqrt

from ...claim import Claim
from ...normalizations.rms_norm import RULE, paper
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...tensors.symbols import eps, g, i, mean_gx, mean_square, n, r, x, xhat
from ..normalizing import backward_claim, mean

a = Symbol("a", positive=True)
VALUE = {step.name: step.value for step in paper.steps}
SQUARE, ROOT = VALUE["square"], VALUE["reciprocal"]
NORMALIZED = VALUE["normalize"].subs(r, ROOT)
(DX,) = (step.value.doit() for step in paper.backward if step.name == "input-gradient")
dq, dr = Symbol("dq", real=True), Symbol("dr", real=True)


MEAN_SQUARE = Claim(
    25,
    "mean-square",
    r"Over its group the mean of $\hat{x}^2$ is $q / (q + \varepsilon)$, where $q$ is the mean of "
    "$x^2$; the mean of the group stays, scaled.",
    (
        Equal("the mean of the squares", mean((x[i] * r) ** 2), r**2 * SQUARE),
        Equal("which is", r**2 * mean_square, mean_square / (mean_square + eps), given={r: ROOT}),
        Equal("the mean", mean(x[i] * r), r * mean(x[i])),
    ),
)

INVARIANCE = Claim(
    26,
    "invariance",
    r"Multiplying all elements of a group by $a > 0$ changes nothing if $\varepsilon = 0$. Adding "
    "a number to them does, as nothing is centred.",
    (
        Equal("the mean square is scaled", SQUARE.xreplace({x[i]: a * x[i]}), a**2 * SQUARE),
        Equal(
            "and divided out",
            NORMALIZED.xreplace({x[i]: a * x[i], mean_square: a**2 * mean_square}),
            NORMALIZED,
            given={eps: 0},
        ),
        Fails(
            "one element alone, 1, with 1 added",
            NORMALIZED.xreplace({x[i]: 1 + a, mean_square: (1 + a) ** 2}),
            "=",
            1 / sqrt(2),
            given={a: 1, eps: 1},
        ),
    ),
)

GRADIENT = backward_claim(
    RULE,
    {1: (2, 1), 2: (2, 1, 2), 3: (2, 3), 4: (1, 2, 2)},
    {"axis": 1},
    r"With $g$ the scale times $dy$ and $p$ the mean of $g\,\hat{x}$ over a group, "
    r"$dx = r (g - \hat{x} p)$; $d\gamma$ is the sum of $dy\,\hat{x}$ over the samples.",
)

CHAIN_RULE = Claim(
    27,
    "chain-rule",
    r"For groups of any size the backward steps follow from the chain rule, taken through the "
    r"steps from the last to the first. With $dq = -n r^2 p / 2$, $dx_i = r g_i + 2 x_i dq / n$, "
    r"which is $r (g_i - \hat{x}_i p)$.",
    (
        Equal(
            r"step normalize: $\hat{x}_i$ reads $r$, with the derivative",
            Derivative(x[i] * r, r),
            x[i],
        ),
        Equal(
            "all $n$ elements of the group read it, so $dr$ is the sum of $g_i$ times that; as "
            r"$p$ is the mean of $g_i \hat{x}_i$, and $\hat{x}_i$ has the factor $r$, it is",
            Sum(g[i] * x[i], (i, 1, n)),
            n * mean_gx / r,
            given={mean_gx: mean(g[i] * x[i] * r)},
        ),
        Equal(
            "step reciprocal: $r$ alone reads $q$, with the derivative",
            Derivative(ROOT, mean_square),
            -(r**3) / 2,
            given={r: ROOT},
        ),
        Equal(
            "so $dq$, the product of $dr$ and that, is",
            -(r**3) / 2 * dr,
            -n * r**2 * mean_gx / 2,
            given={dr: n * mean_gx / r},
        ),
        Equal("two steps read $x_i$: first, normalize", Derivative(x[i] * r, x[i]), r),
        Equal(
            "second, square; as the order of the group does not matter, take its last element",
            Derivative(SQUARE, x[n]),
            2 * x[n] / n,
        ),
        Equal(
            "so $dx_i$, each of the two times the gradient of what it computes, added up, is",
            g[i] * r + dq * (2 * x[i] / n),
            DX,
            given={dq: -n * r**2 * mean_gx / 2, xhat[i]: x[i] * r},
        ),
    ),
)

CLAIMS = (MEAN_SQUARE, INVARIANCE, GRADIENT, CHAIN_RULE)
