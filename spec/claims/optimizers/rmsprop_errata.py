"""Claims 46 and 47: where eps stands, and the variance of centered RMSprop in floating point."""

import numpy as np
from sympy import Rational, Symbol, sqrt

from ...claim import Refuted
from ...optimizers.rmsprop import inside, outside
from ...proofs.evidence import Fails
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import outputs_from
from ...symbols import alpha, eps, g, m, rho, theta, v, v_t

s = Symbol("s", nonnegative=True)
OUT, IN = (alpha * g / (theta - outputs_from(d, [v_t])["theta"]) for d in (outside, inside))
STATE = outside.outputs(["centered"])
TINY = Rational(1, 10**8)

EITHER_PLACE = Refuted(
    46,
    "eps-in-either-place",
    r"It makes no difference whether $\varepsilon$ is added to the root or under it.",
    (
        Equal("where $v$ is 0 one divides by", OUT, eps, given={v_t: 0}),
        Equal("and the other by", IN, sqrt(eps), given={v_t: 0}),
        Equal(
            r"so the same step there takes $\varepsilon$ under the root squared",
            IN.subs(eps, eps**2),
            OUT,
            given={v_t: 0},
        ),
        Holds(
            "elsewhere that still divides by less",
            IN.subs(eps, eps**2) ** 2,
            "<=",
            OUT**2,
        ),
    ),
    counterexample=Fails(
        r"the denominators for $v = 10^{-8}$ and $\varepsilon = 10^{-8}$",
        OUT,
        "=",
        IN,
        given={v_t: TINY, eps: TINY},
    ),
    truth=r"Under the root $\varepsilon$ keeps the denominator at $\sqrt{\varepsilon}$ or above, "
    r"added to it at $\varepsilon$: $10^{-4}$ against $10^{-8}$. A value tuned for one place "
    "does not fit the other.",
)


def difference(gradient: int, decay: float, steps: int) -> Rational:
    """Run v - m^2 in binary32, each operation rounded, with a constant gradient from 0."""
    f = np.float32
    g, keep, take, v, m = f(gradient), f(decay), f(1 - decay), f(0), f(0)
    for _ in range(steps):
        v, m = keep * v + take * (g * g), keep * m + take * g
    return Rational(float(v - m * m))


NOT_BELOW_ZERO = Refuted(
    47,
    "variance-not-below-zero",
    r"$v - m^2$ is a variance: an implementation may take its root without a clamp.",
    (
        Holds(
            r"over the reals it stays what it is at the start, not negative: with $v = m^2 + s$ "
            "before a step",
            STATE["v"] - STATE["m"] ** 2,
            ">=",
            0,
            given={v: m**2 + s},
            because=rho * (v - m**2) + rho * (1 - rho) * (g - m) ** 2,
        ),
        Equal(
            "with a constant gradient all of it is what rounding leaves of a difference of equals",
            STATE["v"] - STATE["m"] ** 2,
            0,
            given={g: m, v: m**2},
        ),
    ),
    counterexample=Fails(
        r"$v - m^2$ in float32 after 136 steps with the gradient 11 and $\rho = 0.9$",
        difference(11, 0.9, 136),
        ">=",
        Rational(0),
    ),
    truth=r"It is one over the reals. Rounded, it can fall below 0 where the gradient hardly "
    "changes, and its root is then NaN: clamp it at 0 first.",
)

CLAIMS = (EITHER_PLACE, NOT_BELOW_ZERO)
