"""Claim 43: a penalty on the parameter is not weight decay, for Adam.

I. Loshchilov and F. Hutter, Decoupled weight decay regularization, arXiv:1711.05101v3, section 2.
"""

from sympy import Rational, Symbol, sign

from ...claim import Refuted
from ...optimizers import adam, sgd
from ...optimizers.adamw import before
from ...proofs.evidence import Each, Fails
from ...proofs.fact import Equal
from ...proofs.iterate import outputs_from
from ...symbols import alpha, eps, g, m, m_hat, t, theta, v, v_hat, weight_decay

x = Symbol("x", real=True, nonzero=True)
s = Symbol("s", positive=True)
DECAY = ["weight_decay"]
PENALIZED = adam.paper.outputs(DECAY)["theta"]
SHRUNK = before.outputs()["theta"]
RESTING = {g: 0, m: 0, v: 0, t: 1, theta: x, weight_decay: s}

PENALTY = Refuted(
    43,
    "penalty-is-decay",
    r"L2 regularization and weight decay are the same: for Adam, too, adding $\lambda \theta$ to "
    r"the gradient shrinks $\theta$ by $\alpha \lambda \theta$.",
    (
        Equal(
            "gradient descent steps alike with the penalty and with decay",
            sgd.l2.outputs(DECAY)["theta"],
            sgd.decoupled.outputs(DECAY)["theta"],
        ),
        Each(
            r"by the penalty alone ($g = 0$) the corrected moments of Adam's first step are "
            r"$\lambda \theta$ and its square; the step does not depend on $\lambda = s > 0$",
            (
                Equal(
                    "from the corrected moments",
                    outputs_from(adam.paper, [m_hat, v_hat])["theta"],
                    x - alpha * sign(x),
                    given={theta: x, m_hat: s * x, v_hat: (s * x) ** 2, eps: 0},
                ),
                Equal("penalty", PENALIZED, x - alpha * sign(x), given={**RESTING, eps: 0}),
            ),
        ),
        Each(
            "by decay alone AdamW's moments are 0, and its first step is",
            (
                Equal(
                    "from the corrected moments",
                    outputs_from(before, [m_hat, v_hat])["theta"],
                    x - alpha * weight_decay * x,
                    given={theta: x, m_hat: 0},
                ),
                Equal(
                    "decay",
                    SHRUNK,
                    x - alpha * weight_decay * x,
                    given={g: 0, m: 0, v: 0, t: 1, theta: x},
                ),
            ),
        ),
    ),
    counterexample=Fails(
        r"one step from $\theta = 1$ with $g = 0$, $\varepsilon = 0$, $\alpha = 1/10$, "
        r"$\lambda = 1/10$: Adam with the penalty, and AdamW",
        PENALIZED.subs(eps, 0),
        "=",
        SHRUNK.subs({g: 0, m: 0, v: 0}),
        given={
            **{g: 0, m: 0, v: 0, t: 1, theta: 1},
            **{alpha: Rational(1, 10), weight_decay: Rational(1, 10)},
            **{adam.beta1: Rational("0.9"), adam.beta2: Rational("0.999")},
        },
    ),
    truth=r"For gradient descent they are. Adam divides the penalty's gradient by the same root "
    r"as the loss's: alone, it moves $\theta$ by $\alpha$ at the first step whatever $\lambda > 0$ "
    r"is. Weight decay, as in AdamW, shrinks it by $\alpha \lambda \theta$.",
)

CLAIMS = (PENALTY,)
