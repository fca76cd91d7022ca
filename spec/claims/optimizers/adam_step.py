"""Claim 18: how long Adam's steps are: the first, and the longest, longer than its paper says.

D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, arXiv:1412.6980v9, section 2.1.
"""

from fractions import Fraction

from sympy import Expr, Integer, Rational, Symbol, sign, sqrt

from ...claim import Claim, Refuted
from ...optimizers.adam import corrected_max, inside, keras, paper, uncorrected
from ...proofs.evidence import Computed, Each, Fails
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import iterate, outputs_from
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
    v,
    v_hat,
    v_max,
    v_t,
)

c, s = Symbol("c", real=True, nonzero=True), Symbol("s", nonnegative=True)
FIRST = {m: 0, v: 0, t: 1, eps: 0, g: c}
AFTER = paper.outputs()
STEP = theta - outputs_from(paper, [m_t, v_t])["theta"].subs(eps, 0)
CORRECTED = theta - outputs_from(paper, [m_hat, v_hat])["theta"]
ONLY = {m_hat: c, v_hat: c**2, eps: 0}
"""The corrected moments of a single gradient."""
GAP = beta2 - beta1**2
SQUARE = beta2 * (1 - beta1) ** 2 / ((1 - beta2) * GAP)
"""The square of the factor, without the corrections'."""
GROWING = GAP * m / (beta1 * (1 - beta1))
DEFAULT = {beta1: Rational("0.9"), beta2: Rational("0.999")}
HALF = Rational(1, 2)
START = {theta: 0, m: 0, v: 0, eps: 0, alpha: 1, beta1: HALF, beta2: Rational(3, 4)}
AFTER_ONE, AFTER_TWO = (state["theta"] for state in iterate(paper, [{g: 2}, {g: 3}], START))


def spare(first: Expr, second: Expr) -> Expr:
    """Give by how much the second moment exceeds what the bound asks of it, times a factor."""
    return beta2 * (1 - beta1) ** 2 * second - (1 - beta2) * GAP * first**2


def first_beyond() -> Integer:
    """Count the steps until one is longer than sqrt(10) alpha, for gradients that grow."""
    b1, b2 = Fraction(9, 10), Fraction(999, 1000)
    first = second = Fraction(0)
    gradient, steps = Fraction(1), 0
    while first**2 * (1 - b2**steps) <= 10 * second * (1 - b1**steps) ** 2:
        first, second = b1 * first + (1 - b1) * gradient, b2 * second + (1 - b2) * gradient**2
        gradient, steps = gradient * b2 / b1, steps + 1
    return Integer(steps)


FIRST_STEP = Claim(
    18,
    "first-step",
    r"From zero moments and with $\varepsilon = 0$, the first step is "
    r"$\alpha \operatorname{sign}(g)$; without bias correction it is "
    r"$\alpha (1 - \beta_1) / \sqrt{1 - \beta_2} \operatorname{sign}(g)$, "
    r"$\sqrt{10} \approx 3.16$ times as long for 0.9 and 0.999.",
    (
        *(
            Equal(
                f"in the {which} moment the correction undoes the weight of the only gradient",
                AFTER[moment.name] / (1 - decay**t),
                value,
                given={moment: 0, g: c, t: 1},
            )
            for which, moment, decay, value in (
                ("first", m, beta1, c),
                ("second", v, beta2, c**2),
            )
        ),
        Each(
            "so only the sign is left, in each dialect that corrects the bias",
            (
                Equal("from the corrected moments", CORRECTED, alpha * sign(c), given=ONLY),
                *(
                    Equal(
                        dialect.name,
                        theta - dialect.outputs()["theta"],
                        alpha * sign(c),
                        given=FIRST if v_max not in dialect.state() else {**FIRST, v_max: 0},
                    )
                    for dialect in (paper, keras, inside, corrected_max)
                ),
            ),
        ),
        Each(
            "without correction the weights are left, too",
            (
                Equal(
                    "from the moments",
                    theta - outputs_from(uncorrected, [m_t, v_t])["theta"],
                    alpha * sign(c) * (1 - beta1) / sqrt(1 - beta2),
                    given={m_t: (1 - beta1) * c, v_t: (1 - beta2) * c**2, eps: 0},
                ),
                Equal(
                    uncorrected.name,
                    theta - uncorrected.outputs()["theta"],
                    alpha * sign(c) * (1 - beta1) / sqrt(1 - beta2),
                    given={symbol: value for symbol, value in FIRST.items() if symbol != t},
                ),
            ),
        ),
        Equal(
            "for 0.9 and 0.999 they are",
            (1 - beta1) / sqrt(1 - beta2),
            sqrt(10),
            given={beta1: Rational("0.9"), beta2: Rational("0.999")},
        ),
    ),
)

BOUND = Refuted(
    18,
    "step-bound",
    r"With $\varepsilon = 0$, no step is longer than $\alpha (1 - \beta_1) / \sqrt{1 - \beta_2}$ "
    r"where $1 - \beta_1 > \sqrt{1 - \beta_2}$, and none longer than $\alpha$ otherwise.",
    (
        Equal(
            r"if $\beta_2 (1 - \beta_1)^2 v - (1 - \beta_2)(\beta_2 - \beta_1^2) m^2$ is $s$ "
            r"before a step, it is $\beta_2 s$ and $1 - \beta_2$ times a square after it",
            spare(m_t, v_t),
            beta2 * s + (1 - beta2) * (GAP * m - beta1 * (1 - beta1) * g) ** 2,
            given={m_t: AFTER["m"], v_t: AFTER["v"], s: spare(m, v)},
        ),
        Holds(
            r"so from 0 it never becomes negative: after $s \ge 0$ it is",
            beta2 * s + (1 - beta2) * (GAP * m - beta1 * (1 - beta1) * g) ** 2,
            ">=",
            0,
        ),
        Equal(
            r"the step is the longest where it is 0, as $v$ is then as small as this allows; the "
            "square of the step is then",
            STEP**2,
            alpha**2 * SQUARE * (1 - beta2**t) / (1 - beta1**t) ** 2,
            given={v_t: m_t**2 / SQUARE},
        ),
        Equal(
            r"for 0.9 and 0.999 the square of the first factor of $\alpha$ is",
            SQUARE,
            370 / Integer(7),
            given=DEFAULT,
        ),
        Equal(
            "the square in the first line is 0 for gradients in proportion to $m$",
            GAP * m - beta1 * (1 - beta1) * g,
            0,
            given={g: GROWING},
        ),
        Equal(
            r"with them $m$ is multiplied by $\beta_2 / \beta_1$ at each step, and what the first "
            r"line is about by $\beta_2$: it fades beside $m^2$, and the bound is approached",
            AFTER["m"],
            beta2 / beta1 * m,
            given={g: GROWING},
        ),
        Computed(
            r"for 0.9 and 0.999 and such gradients from 1 on, the first step that is longer than "
            r"$\alpha (1 - \beta_1) / \sqrt{1 - \beta_2} = \sqrt{10} \alpha$",
            t,
            first_beyond,
            Integer(210),
            given=DEFAULT,
        ),
    ),
    counterexample=Fails(
        r"the second step, with gradients 2 and 3, $\alpha = 1$, $\beta_1 = 1/2$, "
        r"$\beta_2 = 3/4$: there $1 - \beta_1 = \sqrt{1 - \beta_2}$",
        AFTER_ONE - AFTER_TWO,
        "<=",
        1,
    ),
    truth=r"Where $\beta_1^2 < \beta_2$, step $t$ is at most "
    r"$\alpha (1 - \beta_1) / \sqrt{(1 - \beta_2)(1 - \beta_1^2 / \beta_2)} \cdot "
    r"\sqrt{1 - \beta_2^t} / (1 - \beta_1^t)$ long, for any gradients. The first factor of "
    r"$\alpha$ is $\sqrt{370/7} \approx 7.27$ for 0.9 and 0.999, the second tends to 1, and steps "
    "come as near to their product as one likes.",
)

CLAIMS = (FIRST_STEP, BOUND)
