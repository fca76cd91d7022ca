"""Claims 23 and 24: two ways to write Adam that do not compute it."""

from fractions import Fraction
from functools import partial
from math import frexp

from sympy import Integer, Rational, Symbol, nan, sign, sqrt

from ...claim import Claim, Refuted
from ...optimizers.adam import keras, paper
from ...proofs.evidence import Computed, Each, Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate, outputs_from
from ...rule import Source, Step
from ...symbols import (
    alpha,
    beta1,
    beta2,
    eps,
    g,
    m,
    m_hat,
    m_t,
    t,
    theta,
    theta_t,
    v,
    v_hat,
    v_t,
)

c = Symbol("c", real=True, nonzero=True)
PAPER = paper.outputs()

OVERWRITING = paper.amend(
    "overwriting",
    Source("teaching material", "m = m / (1 - beta1**t); v = v / (1 - beta2**t), in the loop"),
    Step("first-moment", m_t, (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)),
    Step("second-moment", v_t, (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)),
    Step("update", theta_t, theta - alpha * m_t / (sqrt(v_t) + eps)),
    summary="The corrected moments take the place of the moments.",
    drop=("first-unbiased", "second-unbiased"),
    options=(),
)
WRONG = OVERWRITING.outputs()
TWO_STEPS = [{g: 1}, {g: 1}]
START = {theta: 0, m: 0, v: 0, eps: 0, alpha: 1, beta1: Rational(1, 2), beta2: Rational(3, 5)}
SECOND = {t: 2, g: c, eps: 0}
WRONG_STEP = alpha * sign(c) * sqrt(1 - beta2**2) / (1 - beta1**2)

OVERWRITTEN = Refuted(
    23,
    "overwritten-moments",
    "Adam may overwrite $m$ and $v$ with their bias-corrected values in the loop.",
    (
        *(
            Equal(why, WRONG[moment.name], value, given={t: count, g: c, moment: before})
            for why, moment, count, before, value in (
                ("with a constant gradient $m$ is right after the first step", m, 1, 0, c),
                ("and so is $v$", v, 1, 0, c**2),
                ("the second step corrects $m$ again", m, 2, c, c / (1 - beta1**2)),
                ("and $v$", v, 2, c**2, c**2 / (1 - beta2**2)),
            )
        ),
        Each(
            "so the second step is",
            (
                Equal(
                    "from the overwritten moments",
                    theta - outputs_from(OVERWRITING, [m_t, v_t])["theta"],
                    WRONG_STEP,
                    given={m_t: c / (1 - beta1**2), v_t: c**2 / (1 - beta2**2), eps: 0},
                ),
                Equal(
                    "overwritten",
                    theta - WRONG["theta"],
                    WRONG_STEP,
                    given={**SECOND, m: c, v: c**2},
                ),
            ),
        ),
        Each(
            "that of Adam, which corrects copies, is",
            (
                Equal(
                    "from the corrected moments",
                    theta - outputs_from(paper, [m_hat, v_hat])["theta"],
                    alpha * sign(c),
                    given={m_hat: c, v_hat: c**2, eps: 0},
                ),
                Equal(
                    "paper",
                    theta - PAPER["theta"],
                    alpha * sign(c),
                    given={**SECOND, m: (1 - beta1) * c, v: (1 - beta2) * c**2},
                ),
            ),
        ),
    ),
    counterexample=Fails(
        r"$\theta$ after two steps with gradients 1 ($\beta_1 = 1/2$, $\beta_2 = 3/5$, "
        r"$\varepsilon = 0$, $\alpha = 1$), overwritten and by Adam",
        iterate(OVERWRITING, TWO_STEPS, START)[1]["theta"],
        "=",
        iterate(paper, TWO_STEPS, START)[1]["theta"],
    ),
    truth="Adam keeps the moments as they are and corrects copies. Overwriting compounds the "
    "corrections: with a constant gradient, the second step is "
    r"$\sqrt{1 - \beta_2^2} / (1 - \beta_1^2)$ times as long.",
)


def bfloat16(value: float) -> Rational:
    """Round to the nearest number of 8 significant bits, ties to even."""
    unit = Fraction(2) ** (frexp(value)[1] - 8)
    return Rational(round(Fraction(value) / unit) * unit)


CAST = Claim(
    24,
    "cast-betas",
    r"In bfloat16, $\beta_2 = 0.999$ rounds to 1, so that $1 - \beta_2^t = 0$: an optimizer that "
    "casts its betas to the parameter's type never moves with the corrections in the learning "
    "rate, and yields NaN in the paper's form.",
    (
        *(
            Computed(
                f"{decimal} rounded to bfloat16",
                decay,
                partial(bfloat16, float(decimal)),
                value,
            )
            for decay, decimal, value in (
                (beta1, "0.9", Rational(115, 128)),
                (beta2, "0.999", Integer(1)),
            )
        ),
        Equal("so the correction is", 1 - beta2**t, 0, given={beta2: 1}),
        Equal(
            "in Keras's form the parameter stays, whatever the gradient",
            outputs_from(keras, [m_t, v_t])["theta"],
            theta,
            given={beta2: 1},
        ),
        Equal("in the paper's, $v$ stays 0", PAPER["v"], 0, given={v: 0, beta2: 1}),
        Computed(
            "and so the parameter is moved by 0 / 0, not a number",
            theta_t,
            lambda: PAPER["theta"].subs({v: 0, beta2: 1}),
            nan,
        ),
    ),
)

CLAIMS = (OVERWRITTEN, CAST)
