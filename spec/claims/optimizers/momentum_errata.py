"""Claims 44 and 45: arrangements of momentum that are not interchangeable."""

from sympy import Rational

from ...claim import Refuted
from ...optimizers.momentum import averaged, inside, outside
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate
from ...symbols import alpha, beta, g, theta
from ...symbols import velocity as a

HALF, EIGHTH = Rational(1, 2), Rational(1, 8)
OUTSIDE, INSIDE, AVERAGED = (d.outputs()["theta"] for d in (outside, inside, averaged))
STEPS = [{g: 1, beta: HALF, alpha: 1}, {g: 1, beta: HALF, alpha: EIGHTH}]
START = {theta: 0, a: 0}

PLACES = Refuted(
    44,
    "rate-inside-or-outside",
    r"It does not matter whether the learning rate stands in the velocity "
    r"($a \leftarrow \beta a - \alpha g$, $\theta \leftarrow \theta + a$) or outside "
    r"($a \leftarrow \beta a + g$, $\theta \leftarrow \theta - \alpha a$).",
    (
        Equal(
            r"if all steps had one rate, the velocity inside is $-\alpha a$, and the parameters "
            "are the same",
            INSIDE.subs(a, -alpha * a),
            OUTSIDE,
        ),
        Equal(
            "after steps at twice the rate, they part by",
            INSIDE.subs(a, -2 * alpha * a) - OUTSIDE,
            -alpha * beta * a,
        ),
    ),
    counterexample=Fails(
        r"$\theta$ after two steps from 0 with gradients 1, $\beta = 1/2$ and rates 1 and 1/8, "
        "inside and outside",
        iterate(inside, STEPS, START)[1]["theta"],
        "=",
        iterate(outside, STEPS, START)[1]["theta"],
    ),
    truth=r"It does not while $\alpha$ is constant. When a schedule halves it, the velocity inside "
    r"still holds steps of the old length: the parameters part by $\alpha \beta a$ at once.",
)

SAME_RATE = Refuted(
    45,
    "averaged-at-the-same-rate",
    r"$a \leftarrow \beta a + (1 - \beta) g$ and $a \leftarrow \beta a + g$ are the same momentum, "
    "with the same learning rate.",
    (
        Equal(
            r"if the average is $(1 - \beta) a$, so it is after a step, and at the same rate the "
            r"step is $1 - \beta$ times as long",
            AVERAGED.subs(a, (1 - beta) * a) - theta,
            (1 - beta) * (OUTSIDE - theta),
        ),
        Equal(
            r"at the rate $\alpha / (1 - \beta)$ the two are the same",
            AVERAGED.subs({a: (1 - beta) * a, alpha: alpha / (1 - beta)}, simultaneous=True),
            OUTSIDE,
        ),
    ),
    counterexample=Fails(
        r"the first step for $g = 1$, $\alpha = 1$ and $\beta = 0.9$",
        AVERAGED,
        "=",
        OUTSIDE,
        given={theta: 0, a: 0, g: 1, alpha: 1, beta: Rational("0.9")},
    ),
    truth=r"The averaged form takes steps $1 - \beta$ times as long: a tenth for 0.9. With a rate "
    r"of $\alpha / (1 - \beta)$ it does the same, as long as $\beta$ is constant.",
)

CLAIMS = (PLACES, SAME_RATE)
