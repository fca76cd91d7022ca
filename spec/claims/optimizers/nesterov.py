"""Claims about Nesterov momentum: its three forms, and when they are one.

The change of variable is in Y. Bengio, N. Boulanger-Lewandowski and R. Pascanu, Advances in
optimizing recurrent networks, arXiv:1212.0901, section 3.5.
"""

from sympy import Expr, Rational, Symbol

from ...claim import Claim
from ...dialect import Dialect
from ...optimizers.nesterov import keras, lookahead, shifted
from ...proofs.evidence import Each, Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate
from ...symbols import Gradient, alpha, beta, g, gradient, theta
from ...symbols import velocity as a
from ...symbols import velocity_t as a_t
from . import nesterov_quadratic

LOOKAHEAD, SHIFTED, KERAS = lookahead.outputs(), shifted.outputs(), keras.outputs()
w = Symbol("w", real=True)
AHEAD = w - alpha * beta * a
HALF = Rational(1, 2)
START = {theta: 1, a: 0, beta: HALF}
c = Symbol("c", positive=True)


def velocity_after_drop(dialect: Dialect, where: Expr) -> Expr:
    """Give the velocity on f = theta^2 / 2 after steps with the rates 1/2 and 1/8."""
    steps = [{alpha: rate, g: where} for rate in (HALF, HALF / 4)]
    return iterate(dialect, steps, START)[1]["a"].replace(Gradient, lambda point: point)


CHANGE_OF_VARIABLE = Claim(
    9,
    "change-of-variable",
    r"With the gradient at the lookahead point, $w - \alpha \beta a$, Nesterov momentum becomes "
    r"the form $g + \beta a$ under $\theta = w - \alpha \beta a$, while $\alpha$ is constant.",
    (
        Equal(
            r"in the shifted form $\theta$ is the point looked ahead to, so both form the same "
            "velocity",
            LOOKAHEAD["a"].subs(theta, w),
            SHIFTED["a"].subs(g, gradient(theta)),
            given={theta: AHEAD},
        ),
        Equal(
            r"a step moves $w$ by $-\alpha a_t$, and the next lookahead adds "
            r"$-\alpha \beta a_t$, so the point looked ahead to is then",
            AHEAD.subs({w: w - alpha * a_t, a: a_t}, simultaneous=True),
            w - alpha * (1 + beta) * a_t,
        ),
        Each(
            r"$w$ is $\theta + \alpha \beta a$, where $\beta a$ is $a_t - g$: put in, one "
            r"$\alpha a_t$ cancels and the gradient stays, which is the shifted form's step",
            (
                Equal(
                    "from the velocity after the step",
                    w - alpha * (1 + beta) * a_t,
                    theta - alpha * (g + beta * a_t),
                    given={w: theta + alpha * (a_t - g)},
                ),
                Equal(
                    "all at once, from the steps of both as they stand",
                    AHEAD.subs(
                        {w: LOOKAHEAD["theta"].subs(theta, w), a: LOOKAHEAD["a"].subs(theta, w)},
                        simultaneous=True,
                    ),
                    SHIFTED["theta"].subs({theta: AHEAD, g: gradient(AHEAD)}, simultaneous=True),
                ),
            ),
        ),
        Fails(
            "where the rate drops from $1/2$ to $1/8$, the velocities part ($f(w) = w^2 / 2$, "
            r"$w_0 = 1$, $\beta = 1/2$)",
            velocity_after_drop(lookahead, theta),
            "=",
            velocity_after_drop(shifted, theta),
        ),
    ),
)

RATE_INSIDE = Claim(
    9,
    "rate-inside",
    r"Keras's form, with the learning rate inside the velocity, does as the form $g + \beta a$ "
    r"while $\alpha$ is constant, and not where it changes.",
    (
        Equal(
            r"if its velocity is $-\alpha a$ before a step, so it is after",
            KERAS["a"].subs(a, -alpha * a),
            -alpha * SHIFTED["a"],
        ),
        Equal("and the parameters agree", KERAS["theta"].subs(a, -alpha * a), SHIFTED["theta"]),
        Equal(
            "after steps at another rate $c$, they part by",
            KERAS["theta"].subs(a, -c * a) - SHIFTED["theta"],
            (alpha - c) * beta**2 * a,
        ),
    ),
)

CLAIMS = (CHANGE_OF_VARIABLE, RATE_INSIDE, *nesterov_quadratic.CLAIMS)
