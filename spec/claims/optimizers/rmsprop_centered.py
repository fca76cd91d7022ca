"""Claim 17: the variance that centered RMSprop divides by, over the reals and in floating point.

A. Graves, Generating sequences with recurrent neural networks, arXiv:1308.0850, equations 38 to 45.
"""

from functools import partial

import numpy as np
from sympy import Integer, Max, Rational, Symbol

from ...claim import Claim
from ...optimizers.rmsprop import RULE, clamped, outside
from ...proofs.evidence import Computed
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import outputs_from
from ...symbols import alpha, eps, g, m, m_t, rho, t, theta, v, v_t

s = Symbol("s", nonnegative=True)
CENTERED = ["centered"]
UNCLAMPED = [
    dialect.name for dialect in RULE.dialects if not dialect.outputs(CENTERED)["theta"].has(Max)
]
CENTERED_OUT, CENTERED_CLAMPED = (
    alpha * g / (theta - outputs_from(dialect, [v_t, m_t], CENTERED)["theta"])
    for dialect in (outside, clamped)
)
STATE = outside.outputs(CENTERED)

VARIANCE = Claim(
    17,
    "centered-variance",
    r"Centered, $v - m^2 \ge 0$ over the reals for any gradients when it is at the start, so that "
    "a clamp at 0 changes nothing.",
    (
        Holds(
            r"a step keeps it: with $v = m^2 + s$ before, $s \ge 0$, what it is afterwards can be "
            "written as a sum of two terms that are not negative",
            STATE["v"] - STATE["m"] ** 2,
            ">=",
            0,
            given={v: m**2 + s},
            because=rho * (v - m**2) + rho * (1 - rho) * (g - m) ** 2,
        ),
        Equal(
            "so the clamp has nothing to do, and the denominators are equal",
            CENTERED_CLAMPED,
            CENTERED_OUT,
            given={v_t: m_t**2 + s},
        ),
    ),
)


def first_negative(gradient: int, decay: float) -> Integer:
    """Run binary32 arithmetic, each operation rounded, to the first step with v - m^2 < 0.

    The gradient is constant and the averages start at 0; as frameworks do, 1 - rho is rounded to
    binary32 after the subtraction.
    """
    f = np.float32
    g, keep, take, v, m, steps = f(gradient), f(decay), f(1 - decay), f(0), f(0), 0
    while v - m * m >= 0:
        v, m, steps = keep * v + take * (g * g), keep * m + take * g, steps + 1
    return Integer(steps)


WITNESSES = (("0.9", 11, 136), ("0.9", 4567, 131), ("0.99", 5, 1169), ("0.99", 17071, 1090))

ROUNDED = Claim(
    17,
    "centered-variance-rounded",
    "In float32, some constant gradients make $v - m^2$ negative, and its root NaN: "
    + ", ".join(rf"$g = {g}$ at step {at} for $\rho = {decay}$" for decay, g, at in WITNESSES)
    + f". The clamped dialect is safe; the others, {', '.join(UNCLAMPED)}, are not.",
    (
        *(
            Computed(
                f"the first step with $v - m^2 < 0$, for $g = {gradient}$",
                t,
                partial(first_negative, gradient, float(decay)),
                Integer(step),
                given={rho: Rational(decay)},
            )
            for decay, gradient, step in WITNESSES
        ),
        Equal(
            "below 0 the clamped denominator is",
            CENTERED_CLAMPED,
            eps,
            given={v_t: m_t**2 - s},
        ),
    ),
)

CLAIMS = (VARIANCE, ROUNDED)
