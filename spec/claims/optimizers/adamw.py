"""Claims about weight decay: adding it to the gradient and shrinking by it are two things.

I. Loshchilov and F. Hutter, Decoupled weight decay regularization, arXiv:1711.05101v3:
propositions 1 (they agree for gradient descent) and 2 (for Adam no penalty does what decay does).
"""

from sympy import Rational, Symbol, sqrt

from ...claim import Claim
from ...optimizers import adam, momentum, sgd
from ...optimizers.adamw import before
from ...proofs.evidence import Each, Fails
from ...proofs.fact import Equal
from ...proofs.iterate import iterate, outputs_from
from ...symbols import (
    alpha,
    beta,
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
    velocity,
    weight_decay,
)
from . import adamw_errata

DECAY = ["weight_decay"]
s = Symbol("s", nonnegative=True)
PENALISED = outputs_from(adam.paper, [v_hat], DECAY)["theta"]
FIRST = {theta: 1, g: 1, m: 0, v: 0, eps: 0, t: 1}
HALF = Rational(1, 2)
SHARE = alpha * (1 - beta1) / (1 - beta1**t) * weight_decay * theta / (sqrt(v_hat) + eps)
TWO_STEPS = [{g: 1}, {g: 0}]
ADAM = {alpha: Rational(1, 10), beta1: HALF, beta2: HALF}
START = {theta: 1, velocity: 0, alpha: HALF, beta: HALF, weight_decay: HALF}

DECOUPLED = Claim(
    22,
    "decoupled-decay",
    r"For gradient descent without momentum, the penalty $\lambda \theta^2 / 2$ does the same as "
    r"shrinking the parameter by $\alpha \lambda$ at each step. With momentum it does not, and "
    "for Adam no penalty does.",
    (
        Equal(
            "gradient descent steps alike with the penalty and with decay",
            sgd.l2.outputs(DECAY)["theta"],
            sgd.decoupled.outputs(DECAY)["theta"],
        ),
        Equal(
            r"in both the parameter shrinks by $\alpha \lambda$ of itself",
            sgd.decoupled.outputs(DECAY)["theta"],
            (1 - alpha * weight_decay) * theta - alpha * g,
        ),
        Fails(
            r"two steps of momentum from $\theta = 1$, gradients 1 and 0, "
            r"$\alpha = \beta = \lambda = 1/2$: penalty and decay",
            iterate(momentum.outside, TWO_STEPS, START, DECAY)[1]["theta"],
            "=",
            iterate(momentum.inside, TWO_STEPS, START, DECAY)[1]["theta"],
        ),
        Equal(
            "in Adam the penalty joins the first moment",
            adam.paper.outputs(DECAY)["m"] - adam.paper.outputs()["m"],
            (1 - beta1) * weight_decay * theta,
        ),
        Each(
            "and so its share of a step is divided by the root: a parameter with large gradients "
            "decays less",
            (
                Equal(
                    "from the moment",
                    theta - outputs_from(adam.paper, [m_t, v_hat])["theta"],
                    SHARE,
                    given={m_t: (1 - beta1) * weight_decay * theta},
                ),
                Equal(
                    "from the step with the penalty and without",
                    PENALISED.subs(weight_decay, 0) - PENALISED,
                    SHARE,
                ),
            ),
        ),
        Fails(
            "so one step of Adam with the penalty, and of AdamW, differ",
            adam.paper.outputs(DECAY)["theta"],
            "=",
            before.outputs()["theta"],
            given={**FIRST, **ADAM, weight_decay: HALF},
        ),
        Each(
            "in Adam's first step the corrected moments are the gradient with the penalty and its "
            r"square; from there it is the same for every $\lambda = s \ge 0$",
            (
                Equal(
                    "from the corrected moments",
                    outputs_from(adam.paper, [m_hat, v_hat])["theta"],
                    1 - alpha,
                    given={theta: 1, m_hat: 1 + s, v_hat: (1 + s) ** 2, eps: 0},
                ),
                Equal(
                    "penalty",
                    adam.paper.outputs(DECAY)["theta"],
                    1 - alpha,
                    given={**FIRST, weight_decay: s},
                ),
            ),
        ),
        Each(
            "but AdamW's is",
            (
                Equal(
                    "from the corrected moments",
                    outputs_from(before, [m_hat, v_hat])["theta"],
                    1 - alpha - alpha * weight_decay,
                    given={theta: 1, m_hat: 1, v_hat: 1, eps: 0},
                ),
                Equal(
                    "decay",
                    before.outputs()["theta"],
                    1 - alpha - alpha * weight_decay,
                    given=FIRST,
                ),
            ),
        ),
    ),
)

CLAIMS = (DECOUPLED, *adamw_errata.CLAIMS)
