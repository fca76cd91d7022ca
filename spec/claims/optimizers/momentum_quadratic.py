"""Claim 10: when the heavy ball is stable on a quadratic, and when it is fastest.

B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comput. Math.
Math. Phys. 4 (1964), 1-17. The criterion for two roots is due to I. Schur and A. Cohn: E. I. Jury,
Theory and Application of the z-Transform Method (1964), chapter 3.
"""

from sympy import Symbol, diff, sqrt, symbols

from ...claim import Claim
from ...optimizers.momentum import outside
from ...proofs.fact import Equal, Holds
from ...symbols import alpha, beta, g, theta
from ...symbols import velocity as a
from ..quadratic import L, R, between, characteristic, lam, mu, r, s, z

c, r_1, r_2, tau, delta, k = symbols("c r_1 r_2 τ δ k", real=True)
s_1, s_2 = symbols("s_1 s_2", positive=True)
w, y = Symbol("w", real=True), Symbol("y", real=True, nonzero=True)
STEP = outside.outputs()["theta"].subs(g, lam * theta)
NEXT = (1 + beta - alpha * lam) * theta - beta * w
POWERS = z**2 - (1 + beta - alpha * lam) * z + beta
BALL = characteristic(outside)
POLYNOMIAL = z**2 - tau * z + delta

SCHUR_COHN = Claim(
    10,
    "roots-in-the-unit-circle",
    r"Both roots of a real polynomial $p(z) = z^2 - \tau z + \delta$ lie inside the unit circle "
    r"if and only if $p(1)$, $p(-1)$ and $1 - \delta$ are positive; neither lies outside if and "
    "only if these are not negative.",
    (
        Holds(
            r"complex roots $c \pm i y$: $p > 0$ on the whole real line, so at 1 and -1; and "
            r"$\delta = c^2 + y^2$ is the square of their modulus, which is left to compare with 1",
            POLYNOMIAL,
            ">",
            0,
            given={tau: 2 * c, delta: c**2 + y**2},
            because=(z - tau / 2) ** 2 + y**2,
        ),
        Equal(
            "real roots: $p(1) > 0$ where they lie on one side of 1, and $p(-1) > 0$ where they "
            "lie on one side of -1; so both are between, or both from 1 on, or both up to -1",
            POLYNOMIAL,
            (z - r_1) * (z - r_2),
            given={tau: r_1 + r_2, delta: r_1 * r_2},
        ),
        Holds(
            r"between, which is where they should be, $1 - \delta$ is positive",
            1 - delta,
            ">",
            0,
            given={delta: (s_1 - 1) / (s_1 + 1) * (s_2 - 1) / (s_2 + 1)},
        ),
        *(
            Equal(
                f"{where} it is negative, except where both roots are there",
                1 - delta,
                -(s_1 + s_2 + s_1 * s_2),
                given={delta: sign * (1 + s_1) * sign * (1 + s_2)},
            )
            for where, sign in (("from 1 on", 1), ("and up to -1", -1))
        ),
    ),
)

STABLE = Claim(
    10,
    "stability",
    r"On a quadratic, along an eigenvector of curvature $\lambda$, the heavy ball has the "
    r"characteristic polynomial $z^2 - (1 + \beta - \alpha \lambda) z + \beta$. For $\beta \ge 0$ "
    r"it is stable if and only if $\beta < 1$ and $0 < \alpha \lambda < 2 (1 + \beta)$.",
    (
        Equal(
            r"the gradient is $\lambda \theta$, and the velocity is the last step over $-\alpha$, "
            r"so each point follows from the two before it, $w$ and then $\theta$",
            STEP,
            NEXT,
            given={a: (w - theta) / alpha},
        ),
        Equal(
            r"points that go as $1, z, z^2, \dots$ do so where $z$ is a root of $p(z)$, which is",
            z**2 - NEXT,
            POWERS,
            given={w: 1, theta: z},
        ),
        Equal(
            "$p(z)$ is the characteristic polynomial of the matrix that takes parameter and "
            "velocity through one step, so its roots are the eigenvalues",
            BALL,
            POWERS,
        ),
        Equal(
            "from every start both fade if and only if both roots are inside the unit circle: if "
            "and only if $p(1)$ is positive, which is",
            POWERS,
            alpha * lam,
            given={z: 1},
        ),
        Equal("and $p(-1)$, which is", POWERS, 2 * (1 + beta) - alpha * lam, given={z: -1}),
        Equal("and the product of the roots is below 1, which is", POWERS, beta, given={z: 0}),
    ),
)

BEST = {
    alpha: (2 / (sqrt(L) + sqrt(mu))) ** 2,
    beta: ((sqrt(L) - sqrt(mu)) / (sqrt(L) + sqrt(mu))) ** 2,
}
RADIUS = (k - 1) / (k + 1)

OPTIMAL = Claim(
    10,
    "best-parameters",
    r"For curvatures from $\mu$ to $L = \kappa \mu$ the errors of the heavy ball fade fastest, in "
    r"the long run by the factor $(\sqrt{\kappa} - 1)/(\sqrt{\kappa} + 1)$ a step, with $\beta$ "
    r"the square of this factor and $\alpha = (2/(\sqrt{L} + \sqrt{\mu}))^2$.",
    (
        Equal("this factor squared is", RADIUS**2, BEST[beta], given={k: sqrt(L / mu)}),
        Holds(
            "with both, the roots are complex (or double) for every curvature between, so of "
            r"modulus $\sqrt{\beta}$, which is that factor",
            (1 + beta - alpha * lam) ** 2,
            "<=",
            4 * beta,
            given={**BEST, lam: between},
        ),
        Equal(
            r"no choice does better: if no root is beyond $R < 1$, their product $\beta$ is at "
            r"most $R^2$, and $p(R) \ge 0$ for $\mu$, which bounds $\alpha \mu$ from below",
            POWERS,
            alpha * mu * R - (1 - R) * (R - beta),
            given={z: R, lam: mu},
        ),
        Equal(
            r"and $p(-R) \ge 0$ for $L$, which bounds $\alpha L$ from above",
            POWERS,
            (1 + R) * (R + beta) - alpha * L * R,
            given={z: -R, lam: L},
        ),
        Holds(
            r"so $L / \mu$, the quotient of the bounds, is at most (with $R = 1/(1 + r)$ and "
            r"$\beta = R^2 / (1 + s)$)",
            (1 + R) * (R + beta) / ((1 - R) * (R - beta)),
            "<=",
            ((1 + R) / (1 - R)) ** 2,
            given={beta: 1 / ((1 + s) * (1 + r) ** 2), R: 1 / (1 + r)},
        ),
        Equal(
            r"where $\sqrt{\kappa} = k$ is as large as that allows, the factor is",
            RADIUS,
            R,
            given={k: (1 + R) / (1 - R)},
        ),
        Holds(
            r"and it grows with $\sqrt{\kappa}$, as its derivative is positive",
            diff(RADIUS, k),
            ">",
            0,
            given={k: 1 + s},
        ),
    ),
)

CLAIMS = (SCHUR_COHN, STABLE, OPTIMAL)
