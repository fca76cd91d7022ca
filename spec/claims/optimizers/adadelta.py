"""Claims about Adadelta: its units, and the two places where it is easily written otherwise.

M. D. Zeiler, ADADELTA: an adaptive learning rate method, arXiv:1212.5701v1, section 3.2: units, and
the average of previous updates that stands in for one not known yet.
"""

from sympy import Expr, Integer, Rational, Symbol, evaluate, sqrt

from ...claim import Claim
from ...dialect import Dialect
from ...optimizers import rmsprop, sgd
from ...optimizers.adadelta import paper
from ...proofs.evidence import Each, Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate
from ...proofs.relation import substitute
from ...rule import GOLDENRULE, Step
from ...symbols import alpha, delta, eps, g, rho, theta, u, u_t, v, v_t

h = Symbol("h", real=True)
c, eps_u, eps_v = (Symbol(name, positive=True) for name in ("c", "ε_u", "ε_v"))
U = Symbol("U", nonnegative=True)
r = Symbol("r", real=True)
IN_THE_NEW_UNIT = {
    theta: c * theta,
    g: g / c,
    v: v / c**2,
    v_t: v_t / c**2,
    delta: c * delta,
    u: c**2 * u,
    eps_v: eps_v / c**2,
    eps_u: c**2 * eps_u,
}
PAPER = paper.outputs()
STEPS = {step.name: step.value for step in paper.steps}
RMSPROP = theta - rmsprop.outside.outputs()["theta"].subs(eps, 0)


with evaluate(False):
    THERE = sqrt(c**2 * u) / sqrt(v_t / c**2) * (g / c)
    """The update in the new unit, with eps = 0."""


def two_eps(expression: Expr) -> Expr:
    """Tell the eps under the average of updates from the one under the gradients'."""
    return expression.subs(u + eps, u + eps_u).subs(eps, eps_v)


def scaled(why: str, expression: Expr, factor: Expr) -> Equal:
    """Say how many times as large an expression is in the new unit."""
    there = {s: v for s, v in IN_THE_NEW_UNIT.items() if expression.has(s)}
    return Equal(why, substitute(expression, there), factor * expression)


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
        scaled(
            "the root of an average of squares has the gradient's unit: in RMSprop, it cancels",
            RMSPROP,
            Integer(1),
        ),
        scaled(
            "in Adadelta, the average of squared gradients is $1/c^2$ times as large",
            STEPS["second-moment"],
            1 / c**2,
        ),
        Equal(
            r"with $\varepsilon = 0$, the update is therefore $c$ times as large",
            THERE,
            c * STEPS["scaled-gradient"].subs(eps, 0),
        ),
        scaled(
            r"and so it is with two $\varepsilon$, the upper $c^2$ times and the lower $1/c^2$ "
            "times as large",
            two_eps(STEPS["scaled-gradient"]),
            c,
        ),
        scaled("the average of squared updates is $c^2$ times as large", STEPS["updates"], c**2),
        scaled("and the new parameter $c$ times", STEPS["update"], c),
        Fails(
            r"with one $\varepsilon$, from zero averages",
            PAPER["theta"].subs(g, g / c),
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
        Each(
            r"with $r = g / \sqrt{v_t + \varepsilon}$ the update from an average $U$ is "
            r"$r \sqrt{U + \varepsilon}$; the $U$ that contains its square is",
            (
                Equal(
                    "in short",
                    rho * u + (1 - rho) * r**2 * (U + eps),
                    U,
                    given={U: (rho * u + (1 - rho) * r**2 * eps) / (1 - (1 - rho) * r**2)},
                ),
                Equal(
                    "implicit",
                    rho * u + (1 - rho) * ((theta - IMPLICIT["theta"]) / alpha) ** 2,
                    IMPLICIT["u"],
                ),
            ),
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
        Equal(
            r"with $\alpha = 1$, as in the paper, the scaled update is the update, and the two "
            "are one",
            next(step.value for step in after_rate.steps if step.name == "updates"),
            STEPS["updates"],
            given={alpha: 1},
        ),
    ),
)

CLAIMS = (COVARIANT, OTHERWISE)
