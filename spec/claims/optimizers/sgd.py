"""Claims about gradient descent: what drawn gradients do, and the rate on a quadratic.

The best fixed rate is in B. T. Polyak, Introduction to Optimization (1987), section 1.4, and in
Y. Nesterov, Lectures on Convex Optimization (2018), section 2.1.5.
"""

from ...claim import Claim
from ...optimizers.sgd import l2
from ...proofs.fact import Equal, Holds
from ...symbols import alpha, g, theta
from ..quadratic import L, between, kappa, lam, mu, r, s, value
from . import sgd_sampling

ON_QUADRATIC = l2.outputs()["theta"].subs(g, lam * theta)
CHANGE = value(ON_QUADRATIC) - value(theta)
BEST = {alpha: 2 / (mu + L)}
FACTOR = 1 - alpha * lam
WORST = (L - mu) / (L + mu)

DESCENT = Claim(
    3,
    "descent",
    r"On a quadratic with largest curvature $L > 0$, a step with $\alpha > 0$ decreases $f$ from "
    r"every start with nonzero gradient if and only if $\alpha < 2 / L$.",
    (
        Equal(
            r"along an eigenvector of curvature $\lambda$, from the minimum, "
            r"$f = \lambda \theta^2 / 2$ and a step changes it by",
            CHANGE,
            -alpha * (lam * theta) ** 2 * (2 - alpha * lam) / 2,
        ),
        Holds(
            r"if: no curvature is above $L$, so for $\alpha < 2/L$ the last factor is positive, "
            "and $f$ falls along every eigenvector that has a gradient",
            2 - alpha * lam,
            ">",
            0,
            given={alpha: 2 / (L + r), lam: L - s},
        ),
        Holds(
            r"only if: from $\alpha = 2/L$ on, $f$ does not fall from a start in the direction of "
            "$L$",
            CHANGE,
            ">=",
            0,
            given={lam: L, alpha: 2 / L + s},
        ),
    ),
)

BEST_RATE = Claim(
    3,
    "best-fixed-rate",
    r"For curvatures from $\mu > 0$ to $L = \kappa \mu$ the best fixed rate is $2 / (\mu + L)$: "
    r"each step brings the distance from the minimum down to $(\kappa - 1)/(\kappa + 1)$ of it or "
    "less, and for any other fixed rate some start does worse.",
    (
        Equal("along an eigenvector the distance is scaled by", ON_QUADRATIC / theta, FACTOR),
        Equal("at the smallest curvature this is", FACTOR, WORST, given={lam: mu, **BEST}),
        Equal("and at the largest, the opposite", -FACTOR, WORST, given={lam: L, **BEST}),
        Equal(
            "in terms of the condition number",
            WORST,
            (kappa - 1) / (kappa + 1),
            given={L: kappa * mu},
        ),
        Holds(
            "between them it is smaller",
            FACTOR**2,
            "<=",
            WORST**2,
            given={**BEST, lam: between},
        ),
        Holds(
            "a smaller rate is worse at the smallest curvature",
            FACTOR,
            ">",
            WORST,
            given={lam: mu, alpha: 2 / (mu + L + r)},
        ),
        Holds(
            "a larger rate is worse at the largest",
            -FACTOR,
            ">",
            WORST,
            given={lam: L, alpha: 2 / (mu + L) + r},
        ),
    ),
)

CLAIMS = (*sgd_sampling.CLAIMS, DESCENT, BEST_RATE)
