"""Claims about momentum: what the velocity adds up, and which arrangements agree.

The learning rate inside the velocity is in I. Sutskever, J. Martens, G. Dahl and G. Hinton, On the
importance of initialization and momentum in deep learning, ICML 2013, equations 1 and 2.
"""

from sympy import Expr, IndexedBase, Rational, S, Sum, Symbol

from ...claim import Claim, Refuted
from ...dialect import Dialect
from ...optimizers.momentum import averaged, inside, outside
from ...proofs.evidence import Fails
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import iterate
from ...proofs.relation import Point
from ...proofs.sequence import Induction, Limit
from ...rule import Source, Step
from ...symbols import alpha, beta, g, t, theta, theta_t
from ...symbols import velocity as a
from ...symbols import velocity_t as a_t
from ..quadratic import characteristic, lam, r, value, z
from . import momentum_errata, momentum_quadratic

c = Symbol("c", real=True)
n = Symbol("n", integer=True, positive=True)
y = Symbol("y", real=True, nonzero=True)
gradients = IndexedBase("g")
OUTSIDE, INSIDE, AVERAGED = outside.outputs(), inside.outputs(), averaged.outputs()
HALF = Rational(1, 2)


def after_two(dialect: Dialect, first: Point, second: Point) -> Expr:
    """Give theta after two steps from 0; the second is given what the first is, unless it says."""
    return iterate(dialect, [first, {**first, **second}], {theta: 0, a: 0})[1]["theta"]


SUM = Claim(
    6,
    "sum-of-gradients",
    r"The velocity is $a_t = \sum_n \beta^{t-n} g_n$. For a constant gradient $g$ it tends to "
    r"$g / (1 - \beta)$, and the step to $\alpha g / (1 - \beta)$.",
    (
        Induction(
            r"unrolled: a step multiplies what is there by $\beta$ and adds the newest gradient",
            outside,
            {a: Sum(beta ** (t - n) * gradients[n], (n, 1, t))},
            given={g: gradients[t]},
        ),
        Induction(
            "where all gradients are equal, to $c$, the sum is geometric",
            outside,
            {a: c * (1 - beta**t) / (1 - beta)},
            given={g: c},
        ),
        Limit("which tends to", c * (1 - beta**t) / (1 - beta), t, S.Infinity, c / (1 - beta)),
        Equal("a velocity of that size stays", OUTSIDE["a"], a, given={g: c, a: c / (1 - beta)}),
        Equal(
            r"and the step is $1 / (1 - \beta)$ times that of gradient descent",
            theta - OUTSIDE["theta"],
            alpha * c / (1 - beta),
            given={g: c, a: c / (1 - beta)},
        ),
    ),
)

AVERAGED_FORM = Claim(
    7,
    "averaged-form",
    r"The averaged form with rates $\alpha_t$ takes the same steps as $a \leftarrow \beta a + g$ "
    r"with rates $\alpha_t (1 - \beta)$, for any rates, as long as $\beta$ is constant.",
    (
        Equal(
            r"if the average is $(1 - \beta) a$ before a step, so it is after",
            AVERAGED["a"].subs(a, (1 - beta) * a),
            (1 - beta) * OUTSIDE["a"],
        ),
        Equal(
            "and the steps are the same, whatever the rate of this step",
            AVERAGED["theta"].subs(a, (1 - beta) * a),
            OUTSIDE["theta"].subs(alpha, alpha * (1 - beta)),
        ),
        Fails(
            r"where $\beta$ rises from 0 to $1/2$ (gradients 1 and 0, rates 1), they differ",
            after_two(averaged, {g: 1, beta: 0, alpha: 1}, {g: 0, beta: HALF, alpha: 1}),
            "=",
            after_two(outside, {g: 1, beta: 0, alpha: 1}, {g: 0, beta: HALF, alpha: HALF}),
        ),
    ),
)

RATE_INSIDE = Claim(
    8,
    "rate-inside",
    r"The learning rate inside the velocity ($a \leftarrow \beta a - \alpha g$, "
    r"$\theta \leftarrow \theta + a$) does as outside while $\alpha$ is constant, and parts from "
    r"it at the first step where $\alpha$ changes, if $\beta a \ne 0$ there.",
    (
        Equal(
            r"if the velocity inside is $-\alpha a$ before a step, so it is after",
            INSIDE["a"].subs(a, -alpha * a),
            -alpha * OUTSIDE["a"],
        ),
        Equal(
            "and the parameters are the same",
            INSIDE["theta"].subs(a, -alpha * a),
            OUTSIDE["theta"],
        ),
        Equal(
            "after steps at another rate $c$, they part by",
            INSIDE["theta"].subs(a, -c * a) - OUTSIDE["theta"],
            (alpha - c) * beta * a,
        ),
        Fails(
            r"where the rate drops from 1 to $1/8$ ($\beta = 1/2$, gradients 1), they differ",
            after_two(inside, {g: 1, beta: HALF, alpha: 1}, {alpha: Rational(1, 8)}),
            "=",
            after_two(outside, {g: 1, beta: HALF, alpha: 1}, {alpha: Rational(1, 8)}),
        ),
    ),
)

ASCENDING = outside.amend(
    "ascending",
    Source("teaching material", "x += learning_rate * v"),
    Step("update", theta_t, theta + alpha * a_t),
    summary="The sign of the update is wrong.",
    options=(),
)
WRONG = ASCENDING.outputs()["theta"]

SIGN = Refuted(
    11,
    "plus-velocity",
    r"$v \leftarrow \beta v + \nabla f(x)$, $x \leftarrow x + \alpha v$ descends.",
    (
        Equal(
            "from rest, the change of $f$ to first order, step times gradient, is not negative",
            (WRONG - theta) * g,
            alpha * g**2,
            given={a: 0},
        ),
        Holds(
            "on a quadratic the first step ascends, at any rate",
            value(WRONG),
            ">",
            value(theta),
            given={a: 0, g: r * y, lam: r, theta: y},
        ),
        Holds(
            "and $p(1)$ of its characteristic polynomial is negative: one root is beyond 1",
            characteristic(ASCENDING).subs(z, 1),
            "<",
            0,
            given={lam: r},
        ),
        Equal(
            "with the minus sign the change to first order is not positive",
            (OUTSIDE["theta"] - theta) * g,
            -alpha * g**2,
            given={a: 0},
        ),
    ),
    counterexample=Fails(
        r"$f(x) = x^2/2$ after one step from $x = 1$ with $\alpha = 1/10$, and before",
        value(WRONG),
        "<",
        value(theta),
        given={a: 0, g: 1, lam: 1, theta: 1, alpha: Rational(1, 10), beta: HALF},
    ),
    truth=r"It ascends, and on a quadratic diverges at every rate. $x \leftarrow x - \alpha v$ "
    r"descends to first order from rest, and on a quadratic of curvature $\lambda$ is stable for "
    r"$\alpha \lambda < 2 (1 + \beta)$.",
)

CLAIMS = (
    SUM,
    AVERAGED_FORM,
    RATE_INSIDE,
    *momentum_quadratic.CLAIMS,
    SIGN,
    *momentum_errata.CLAIMS,
)
