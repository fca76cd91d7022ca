"""Claims about RMSprop: its first and last steps, where eps sits, and the variance when centered.

T. Tieleman and G. Hinton, Lecture 6.5: rmsprop, Coursera: Neural networks for machine learning,
2012.
"""

from sympy import Rational, S, Symbol, sign, sqrt

from ...claim import Claim
from ...optimizers.rmsprop import RULE, inside, outside
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import outputs_from
from ...proofs.sequence import Induction, Limit
from ...symbols import alpha, b, eps, g, m, rho, t, theta, v, v_t
from ..scaling import scale_invariant
from . import rmsprop_centered, rmsprop_errata

c = Symbol("c", real=True, nonzero=True)
s = Symbol("s", nonnegative=True)
OUT, IN = (alpha * g / (theta - outputs_from(d, [v_t])["theta"]) for d in (outside, inside))
STEP = theta - outputs_from(outside, [v_t])["theta"]

CONSTANT = Claim(
    13,
    "constant-gradient",
    r"With a constant gradient $g \ne 0$, from $v = 0$, with $\varepsilon = 0$, the first step is "
    r"$\alpha \operatorname{sign}(g) / \sqrt{1 - \rho}$; steps tend to "
    r"$\alpha \operatorname{sign}(g)$.",
    (
        Induction(
            "the average of equal squares fills up to them",
            outside,
            {v: (1 - rho**t) * c**2},
            given={g: c},
        ),
        Equal(
            "so the gradient cancels, and step $t$ is",
            STEP,
            alpha * sign(c) / sqrt(1 - rho**t),
            given={v_t: (1 - rho**t) * c**2, g: c, eps: 0},
        ),
        Equal(
            "the first is the longest",
            STEP,
            alpha * sign(c) / sqrt(1 - rho),
            given={v_t: (1 - rho) * c**2, g: c, eps: 0},
        ),
        Limit("and the limit", alpha * sign(c) / sqrt(1 - rho**t), t, S.Infinity, alpha * sign(c)),
    ),
)

EPS = Claim(
    14,
    "eps-placement",
    r"$1 / (\sqrt{v} + \varepsilon) \le 1 / \sqrt{v + \varepsilon^2}$. With the same "
    r"$\varepsilon$ the two places agree if and only if $\varepsilon = 0$, or "
    r"$0 < \varepsilon \le 1$ and $v = ((1 - \varepsilon) / 2)^2$.",
    (
        Equal(
            r"squares of the denominators, outside with $\varepsilon$ and inside with its square, "
            "differ by what is not negative",
            OUT**2 - IN.subs(eps, eps**2) ** 2,
            2 * eps * sqrt(v_t),
        ),
        Equal(
            r"with the same $\varepsilon$, by what is 0 only for $\varepsilon = 0$ or "
            r"$\sqrt{v} = (1 - \varepsilon) / 2$, which a root can be for $\varepsilon \le 1$",
            OUT**2 - IN**2,
            eps * (2 * sqrt(v_t) + eps - 1),
        ),
        Equal(
            r"and there they agree ($\varepsilon = 1 / (1 + s)$)",
            OUT,
            IN,
            given={v_t: (s / (1 + s) / 2) ** 2, eps: 1 / (1 + s)},
        ),
    ),
)

FLOOR = Claim(
    14,
    "eps-inside-floor",
    r"$\varepsilon$ inside the root acts as the floor $\sqrt{\varepsilon}$ outside it, within a "
    r"factor of $\sqrt{2}$: $10^{-8}$ inside as $10^{-4}$ outside.",
    (
        Equal("where $v$ is 0, the denominator is", IN, sqrt(eps), given={v_t: 0}),
        Equal(r"for $10^{-8}$", IN, Rational(1, 10**4), given={v_t: 0, eps: Rational(1, 10**8)}),
        Holds(
            "squares of the denominators: inside is not above outside with the root",
            IN**2,
            "<=",
            OUT.subs(eps, sqrt(eps)) ** 2,
        ),
        Holds(
            "nor below half of it",
            IN**2,
            ">=",
            OUT.subs(eps, sqrt(eps)) ** 2 / 2,
            because=(sqrt(v_t) - sqrt(eps)) ** 2 / 2,
        ),
    ),
)

SCALE = Claim(
    15,
    "scale-invariance",
    r"With $\varepsilon = 0$, no weight decay, and averages scaled along (or 0), the steps are "
    "the same for gradients $c g$ as for $g$, $c > 0$; centered and with momentum too.",
    tuple(scale_invariant(dialect, {v: 2, m: 1, b: 0}) for dialect in RULE.dialects),
)

CLAIMS = (CONSTANT, EPS, FLOOR, SCALE, *rmsprop_centered.CLAIMS, *rmsprop_errata.CLAIMS)
