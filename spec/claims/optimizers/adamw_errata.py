"""Claim 43: a penalty on the parameter is not weight decay, for Adam.

I. Loshchilov and F. Hutter, Decoupled weight decay regularization, arXiv:1711.05101v3, section 2.
"""

from sympy import Rational, Symbol, sign

from ...claim import Refuted
from ...optimizers import adam, sgd
from ...optimizers.adamw import before
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...symbols import alpha, eps, g, m, t, theta, v, weight_decay

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
            "they are the same for gradient descent",
            sgd.l2.outputs(DECAY)["theta"],
            sgd.decoupled.outputs(DECAY)["theta"],
        ),
        Equal(
            r"Adam's first step by the penalty alone ($g = 0$, $\varepsilon = 0$) does not "
            r"depend on $\lambda = s > 0$",
            PENALIZED,
            x - alpha * sign(x),
            given={**RESTING, eps: 0},
        ),
        Equal(
            "AdamW's, with decay",
            SHRUNK,
            x - alpha * weight_decay * x,
            given={g: 0, m: 0, v: 0, t: 1, theta: x},
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
