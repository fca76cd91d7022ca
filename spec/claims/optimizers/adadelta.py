"""Claims about Adadelta: its units, and the two places where it is easily written otherwise.

M. D. Zeiler, ADADELTA: an adaptive learning rate method, arXiv:1212.5701v1, section 3.2: units, and
the average of previous updates that stands in for one not known yet.
"""

from sympy import Expr, Rational, Symbol, sqrt

from ...claim import Claim
from ...dialect import Dialect
from ...optimizers import rmsprop, sgd
from ...optimizers.adadelta import paper
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate
from ...proofs.relation import substitute
from ...rule import GOLDENRULE, Step
from ...symbols import alpha, delta, eps, g, rho, theta, u, u_t, v, v_t

h = Symbol("h", real=True)
c, eps_u, eps_v = (Symbol(name, positive=True) for name in ("c", "ε_u", "ε_v"))
UNITS = {theta: c * theta, g: g / c, u: c**2 * u, v: v / c**2}
FACTORS = {theta: (r"\theta", "c", c), u: ("u", "c^2", c**2), v: ("v", "1/c^2", 1 / c**2)}
PAPER = paper.outputs()
RMSPROP = theta - rmsprop.outside.outputs()["theta"]


def two_eps(expression: Expr) -> Expr:
    """Tell the eps under the average of updates from the one under the gradients'."""
    return expression.subs(u + eps, u + eps_u).subs(eps, eps_v)


COVARIANT = Claim(
    15,
    "unit-covariance",
    r"With $\varepsilon = 0$, or with two $\varepsilon$ that scale as the averages they are added "
    "to, Adadelta is covariant: in a unit that makes the parameter $c$ times as large, the step "
    "is too. With one it is not. Gradient descent's step becomes $1/c$ times as large, and "
    "RMSprop's does not change.",
    (
        Equal(
            "a gradient is a loss over a parameter: in the new unit it is divided by $c$, and so "
            "is the step of gradient descent",
            theta - sgd.l2.outputs()["theta"],
            alpha * h / c,
            given={g: h / c},
        ),
        Equal(
            "the root of an average of squares has the gradient's unit: in RMSprop, it cancels",
            *(substitute(RMSPROP, units).subs(eps, 0) for units in (UNITS, {})),
        ),
        *(
            Equal(
                f"Adadelta with {how}: in the new unit ${written}$ is ${factor}$ times as large",
                substitute(form(PAPER[state.name]), units),
                scaled * form(PAPER[state.name]),
            )
            for how, form, units in (
                (r"$\varepsilon = 0$", lambda output: output.subs(eps, 0), UNITS),
                (
                    r"$c^2$ times the upper and $1 / c^2$ times the lower $\varepsilon$",
                    two_eps,
                    {**UNITS, eps_u: c**2 * eps_u, eps_v: eps_v / c**2},
                ),
            )
            for state, (written, factor, scaled) in FACTORS.items()
        ),
        Fails(
            r"with one $\varepsilon$, from zero averages",
            substitute(PAPER["theta"], UNITS),
            "=",
            c * PAPER["theta"],
            given={theta: 0, g: 2, u: 0, v: 0, eps: 2, alpha: 1, rho: Rational(1, 2), c: 2},
        ),
    ),
)

q = g**2 / (v_t + eps)
implicit = paper.amend(
    "implicit",
    GOLDENRULE,
    Step("new-updates", u_t, (rho * u + (1 - rho) * q * eps) / (1 - (1 - rho) * q)),
    Step("scaled-gradient", delta, sqrt(u_t + eps) / sqrt(v_t + eps) * g),
    summary="The new average of updates stands where the previous one should.",
    before="scaled-gradient",
    drop=("updates",),
)
after_rate = paper.amend(
    "after-rate",
    GOLDENRULE,
    Step("updates", u_t, rho * u + (1 - rho) * (alpha * delta) ** 2),
    summary="The average takes in the update after the learning rate has scaled it.",
)
IMPLICIT, AFTER_RATE = implicit.outputs(), after_rate.outputs()


def after(dialect: Dialect, steps: int) -> Expr:
    """Give theta after steps with gradients 1, from values that make the roots simple."""
    start = {theta: 0, u: 3, v: 5, alpha: Rational(1, 2), rho: Rational(1, 2), eps: 1}
    return iterate(dialect, [{g: 1}] * steps, start)[-1]["theta"]


OTHERWISE = Claim(
    16,
    "previous-updates",
    "Adadelta's step uses the average of previous updates, which then takes in the update as it "
    "is before the learning rate scales it. Solving for the new average instead, or taking in "
    "the scaled update, gives other rules.",
    (
        Equal(
            "the new average that contains its own step is",
            rho * u + (1 - rho) * ((theta - IMPLICIT["theta"]) / alpha) ** 2,
            IMPLICIT["u"],
        ),
        Fails(
            r"one step with it and one with the previous ($\theta = 0$, $g = 1$, $u = 3$, "
            r"$v = 5$, $\varepsilon = 1$, $\alpha = \rho = 1/2$)",
            after(implicit, 1),
            "=",
            after(paper, 1),
        ),
        Fails(
            "two steps that take in the scaled update, and two that do not",
            after(after_rate, 2),
            "=",
            after(paper, 2),
        ),
        *(
            Equal(
                r"with $\alpha = 1$, as in the paper, they are the same",
                AFTER_RATE[name],
                PAPER[name],
                given={alpha: 1},
            )
            for name in ("theta", "u")
        ),
    ),
)

CLAIMS = (COVARIANT, OTHERWISE)
