"""Claim 10: when Nesterov momentum is stable on a quadratic, and when it is fastest.

The usual parameters are in Y. Nesterov, Lectures on Convex Optimization (2018), section 2.2; the
best ones for quadratics in L. Lessard, B. Recht and A. Packard, Analysis and design of optimization
algorithms via integral quadratic constraints, SIAM J. Optim. 26 (2016), 57-95, proposition 1.
"""

from sympy import Expr, Symbol, diff, sqrt

from ...claim import Claim
from ...optimizers.nesterov import lookahead, shifted
from ...proofs.fact import Equal, Holds
from ...proofs.relation import Point
from ...symbols import alpha, beta
from ..quadratic import L, R, between, characteristic, kappa, lam, mu, r, s, z

w = Symbol("w", positive=True)
NESTEROV = z**2 - (1 + beta) * (1 - alpha * lam) * z + beta * (1 - alpha * lam)
UPPER = (1 + R) * (R + beta) / (R + beta * (1 + R))
LARGEST = (3 - R) * (1 + R) / (3 * (1 - R) ** 2)

STABLE = Claim(
    10,
    "stability",
    r"On a quadratic, along an eigenvector of curvature $\lambda$, Nesterov momentum has the "
    "characteristic polynomial "
    r"$z^2 - (1 + \beta)(1 - \alpha \lambda) z + \beta (1 - \alpha \lambda)$. For "
    r"$0 \le \beta < 1$ it is stable if and only if "
    r"$0 < \alpha \lambda < 2 (1 + \beta) / (1 + 2 \beta)$.",
    (
        Equal(
            "the determinant of $z$ times the identity less the matrix of one step",
            characteristic(shifted),
            NESTEROV,
        ),
        Equal("the lookahead form has the same", characteristic(lookahead), NESTEROV),
        Equal(
            "both roots lie inside the unit circle if and only if three values are positive: "
            "$p(1)$",
            NESTEROV,
            alpha * lam,
            given={z: 1},
        ),
        Equal("$p(-1)$", NESTEROV, 2 * (1 + beta) - (1 + 2 * beta) * alpha * lam, given={z: -1}),
        Holds(
            r"and 1 less the product of the roots, which the first implies ($\alpha \lambda = r$)",
            1 - NESTEROV.subs(z, 0),
            ">",
            0,
            given={lam: r / alpha},
        ),
    ),
)


def setting(root: Expr, largest: Expr, values: Point) -> Point:
    """Write parameters, the radius R and a curvature between mu and L in terms of r, s and mu."""
    return {
        symbol: value.subs({w: root, L: largest}, simultaneous=True)
        for symbol, value in {**values, lam: between}.items()
    }


def within(given: Point) -> tuple[Holds, ...]:
    """Say that no root lies beyond R, by the criterion of the unit circle scaled to R."""
    return tuple(
        Holds(f"{what} is not negative", expression, ">=", 0, given=given)
        for what, expression in (
            ("no root is beyond $R$: $p(R)$", NESTEROV.subs(z, R)),
            ("$p(-R)$", NESTEROV.subs(z, -R)),
            ("$R^2$ less the product of the roots", R**2 - NESTEROV.subs(z, 0)),
        )
    )


USUALLY = setting(1 + r, (1 + r) ** 2 * mu, {alpha: 1 / L, beta: (w - 1) / (w + 1), R: 1 - 1 / w})

USUAL = Claim(
    10,
    "usual-parameters",
    r"With the usual $\alpha = 1/L$ and $\beta = (\sqrt{\kappa} - 1)/(\sqrt{\kappa} + 1)$, errors "
    r"fade, in the long run, by the factor $R = 1 - 1/\sqrt{\kappa}$ a step, for curvatures from "
    r"$\mu$ to $L = \kappa \mu$ (below, $\sqrt{\kappa} = 1 + r$).",
    (
        *within(USUALLY),
        Equal(
            "$R$ is a root for the smallest curvature",
            NESTEROV.subs(z, R),
            0,
            given={**USUALLY, lam: mu},
        ),
    ),
)

BEST = setting(
    2 + r,
    mu * ((2 + r) ** 2 - 1) / 3,
    {alpha: 4 / (3 * L + mu), beta: (w - 2) / (w + 2), R: 1 - 2 / w},
)
RADIUS = 1 - 2 / sqrt(3 * kappa + 1)
TURN = R / (2 - R)

OPTIMAL = Claim(
    10,
    "best-parameters",
    r"For curvatures from $\mu$ to $L = \kappa \mu$, the errors of Nesterov momentum fade "
    r"fastest, in the long run by the factor $1 - 2/\sqrt{3 \kappa + 1}$ a step, with "
    r"$\alpha = 4 / (3 L + \mu)$ and "
    r"$\beta = (\sqrt{3 \kappa + 1} - 2)/(\sqrt{3 \kappa + 1} + 2)$ (below, "
    r"$\sqrt{3 \kappa + 1} = 2 + r$).",
    (
        *within(BEST),
        Equal(
            r"no choice does better: if no root is beyond $R < 1$, then for $\mu$ both "
            r"$p(R) \ge 0$",
            NESTEROV,
            (R - beta * (1 - R)) * alpha * mu - (1 - R) * (R - beta),
            given={z: R, lam: mu},
        ),
        Equal(
            r"and $R^2$ is not below the product of the roots",
            NESTEROV,
            beta - beta * alpha * mu,
            given={z: 0, lam: mu},
        ),
        Equal(
            r"and for $L$, $p(-R) \ge 0$",
            NESTEROV,
            (1 + R) * (R + beta) - (R + beta * (1 + R)) * alpha * L,
            given={z: -R, lam: L},
        ),
        Holds(
            r"the last bounds $\alpha L$ from above, the first $\alpha \mu$ from below: for "
            r"$\beta \le R / (2 - R)$, $L / \mu$ is at most",
            UPPER * (R - beta * (1 - R)) / ((1 - R) * (R - beta)),
            "<=",
            LARGEST,
            given={beta: TURN.subs(R, 1 / (1 + r)) / (1 + s), R: 1 / (1 + r)},
        ),
        Holds(
            r"from there on $\beta$ exceeds $R^2$",
            TURN,
            ">",
            R**2,
            given={R: 1 / (1 + r)},
        ),
        Holds(
            r"and for $\beta$ from there on, by the second, it is at most",
            UPPER * beta / (beta - R**2),
            "<=",
            LARGEST,
            given={beta: TURN.subs(R, 1 / (1 + r)) * (1 + s), R: 1 / (1 + r)},
        ),
        Equal(
            r"where $\kappa$ is that large, the factor is",
            RADIUS,
            R,
            given={kappa: LARGEST.subs(R, 1 / (1 + r)), R: 1 / (1 + r)},
        ),
        Holds(
            r"and it grows with $\kappa$, as its derivative is positive",
            diff(RADIUS, kappa),
            ">",
            0,
        ),
    ),
)

CLAIMS = (STABLE, USUAL, OPTIMAL)
