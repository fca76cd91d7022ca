r"""Claim 29: the variance by one pass over a group and by two, and what rounding does to them.

The model of rounding: each operation is off by a factor $1 + \delta$ with $|\delta| \le u$, so k
of them by $1 + \theta$ with $|\theta| \le ku/(1-ku)$. N. J. Higham, Accuracy and stability of
numerical algorithms, 2nd ed. (2002), sections 2.2, 3.1 and 4.2; section 1.9 on the two algorithms.
"""

from sympy import Abs, Expr, IndexedBase, Integer, Rational, Symbol, oo, symbols

from ...claim import Claim
from ...proofs.evidence import Computed
from ...proofs.fact import Equal, Holds
from ...proofs.sequence import Limit
from ...tensors.symbols import i, mean_square, mu, sigma2, x
from ..normalizing import VALUE, mean

k, c, U = symbols("k c U", integer=True, positive=True)
m = Symbol("m", integer=True, nonnegative=True)
K, u, kappa, M, s = symbols(r"K u \kappa M s", positive=True)
delta, e, h, z = symbols(r"\delta e h z", real=True)
f, l = symbols("f l", nonnegative=True)
p = IndexedBase("p", real=True)
MEAN, VARIANCE = VALUE["mean"], VALUE["variance"]
TWO_PASSES = kappa * sigma2 + (1 + kappa) * (kappa * M) ** 2
ONE_PASS = (4 * kappa + 3 * kappa**2 + kappa**3) * mean_square
LOW = {U: Rational(2, 3) * ((5 + m) ** 2 + s), c: 5 + m}
HIGH = {U: Rational(2, 3) * ((5 + m + 1) ** 2 - s), c: 5 + m}
"""What it means that $c^2 < 3U/2 < (c + 1)^2$, for c from 5."""


def bound(count: Expr) -> Expr:
    """Bound what so many roundings do to a product."""
    return count * u / (1 - count * u)


def one_pass(*values: float) -> Rational:
    """Take the mean square less the squared mean in binary64."""
    average = sum(values) / len(values)
    square = sum(value * value for value in values) / len(values)
    return Rational(square - average * average)


def two_passes(*values: float) -> Rational:
    """Take the mean, then the mean square of the deviations, in binary64."""
    average = sum(values) / len(values)
    return Rational(sum((value - average) ** 2 for value in values) / len(values))


REAL = Claim(
    29,
    "one-pass-variance",
    r"$\sigma^2$ is $q - \mu^2$, where $q$ is the mean of $x^2$: one pass over a group gives both.",
    (
        Equal("multiplied out", VARIANCE, mean(x[i] ** 2) - 2 * mu * MEAN + mu**2),
        Equal(
            r"so it is $q - \mu^2$, as the mean of x is $\mu$",
            mean_square - 2 * mu * h + mu**2,
            mean_square - mu**2,
            given={h: mu},
        ),
    ),
)

MODEL = (
    Holds(
        "one rounding more: if $k$ roundings change a number by a factor of at most $1 + "
        "ku/(1-ku)$, $k + 1$ do by at most the right side (in this proof $f$, $l$ and $s$, none "
        "below 0, are what an inequality leaves open: $(k + 1) u < 1$ is the condition below). "
        "An element passes through at most $n - 1$ additions, whatever the order, and 4 other "
        r"roundings, one that is squared taken twice: let $\kappa$ be for $K = n + 3$",
        (1 + bound(k)) * (1 + u),
        "<=",
        1 + bound(k + 1),
        given={u: 1 / (k + 1 + s)},
    ),
    Equal(r"to first order in $u$, $\kappa$ is $Ku$", bound(K), K * u + (K * u) ** 2 / (1 - K * u)),
    Holds(
        r"a term $z$ that takes a factor $1 + \delta$ with $|\delta| \le \kappa$ is off by at most",
        Abs(delta) * Abs(z),
        "<=",
        kappa * Abs(z),
        given={kappa: Abs(delta) + f},
    ),
    Equal(
        r"so the mean, rounded, is $\mu + h$ with $|h| \le \kappa M$, where $M$ is the mean of "
        "$|x|$, as",
        mean(x[i] * (1 + p[i])),
        MEAN + mean(p[i] * x[i]),
    ),
)

TWICE = (
    Equal(
        r"two passes: each rounded term is $(x - \mu - h)^2 (1 + p)$ with $|p| \le \kappa$; where "
        r"$\mu$ is the mean, theirs is off by $h^2$, and by what $p$ adds",
        mean((x[i] - mu - h) ** 2 * (1 + p[i])),
        VARIANCE + 2 * h * (mu - MEAN) + h**2 + mean(p[i] * (x[i] - mu - h) ** 2),
    ),
    Holds(
        r"the last sum is at most $\kappa (\sigma^2 + h^2)$; together, with $|h| \le \kappa M$",
        h**2 + kappa * (sigma2 + h**2),
        "<=",
        TWO_PASSES,
        given={M: (Abs(h) + f) / kappa},
    ),
)

ONCE = (
    Equal(
        r"one pass: each rounded square is $x^2 (1 + p)$, and the squared mean off by a factor "
        "$1 + e$; the last subtraction is among the roundings of both",
        mean(x[i] ** 2 * (1 + p[i])) - (mu + h) ** 2 * (1 + e) - (mean(x[i] ** 2) - mu**2),
        mean(p[i] * x[i] ** 2) - 2 * mu * h - h**2 - e * (mu + h) ** 2,
    ),
    Equal(
        "$M^2$ is at most $q$: where $M$ is the mean of $|x|$ this mean of squares is $q - "
        "M^2$, as it is",
        mean((Abs(x[i]) - M) ** 2),
        mean(x[i] ** 2) - 2 * M * mean(Abs(x[i])) + M**2,
    ),
    Holds(
        r"together, with $|p|, |e| \le \kappa$, $|h| \le \kappa M$, $|\mu| \le M$ and "
        r"$M^2 \le q$, where $M$ is $|\mu| + s$",
        kappa * mean_square + 2 * Abs(mu) * Abs(h) + h**2 + kappa * (Abs(mu) + Abs(h)) ** 2,
        "<=",
        ONE_PASS,
        given={
            mean_square: (Abs(mu) + s) ** 2 + l,
            kappa: (Abs(h) + f) / (Abs(mu) + s),
        },
    ),
    Holds(
        r"a result of $-f$, below 0, is off by more than the 0 that clamping makes of it",
        sigma2,
        "<=",
        sigma2 + f,
    ),
)

BOUNDS = Claim(
    29,
    "rounded-variance",
    r"Rounded with unit roundoff $u$, without overflow or underflow, sums in any order, let "
    r"$\kappa = Ku/(1 - Ku)$ with $K = n + 3$, and $M$ the mean of $|x|$. Two passes are off by at "
    r"most $\kappa \sigma^2 + (1 + \kappa) (\kappa M)^2$, which is $K u \sigma^2 + (K u M)^2$ to "
    r"lowest order; one pass by at most $(4 \kappa + 3 \kappa^2 + \kappa^3) q$, which is "
    "$4 K u q$ to first order.",
    (*MODEL, *TWICE, *ONCE),
)


UNBOUNDED = Claim(
    29,
    "one-pass-variance-is-unbounded",
    r"Beside the variance the error of one pass is without bound: in $p \ge 8$ binary digits, with "
    r"$U = 2^{p-1}$ and $c$ the whole number below $\sqrt{3U/2}$, the variance of $U + c - 1$ and "
    "$U + c + 1$ is 1, and one pass makes it $U$; two passes make no error there.",
    (
        Equal(
            "the variance",
            ((U + c - 1) ** 2 + (U + c + 1) ** 2) / 2 - (U + c) ** 2,
            1,
        ),
        Holds(
            "the squares are less than $2 U^2$, so they are rounded to multiples of $U$, and their "
            "sum to one of $2U$; that $c^2 < 3U/2$ is put in with $s > 0$, and $c$ as $m + 5$",
            (U + c + 1) ** 2,
            "<",
            2 * U**2,
            given=LOW,
        ),
        Holds("as $3U/2 < (c + 1)^2$, put in likewise", (c - 1) ** 2, ">", U / 2, given=HIGH),
        Holds("as $c^2 < 3U/2$", (c + 1) ** 2, "<", 5 * U / 2, given=LOW),
        Equal(
            "so each rest in parentheses is less than $U/2$, and lost: of the first square",
            (U + c - 1) ** 2,
            U * (U + 2 * c - 1) + ((c - 1) ** 2 - U),
        ),
        Equal("of the squared mean", (U + c) ** 2, U * (U + 2 * c + 1) + (c**2 - U)),
        Equal(
            "and of the second square",
            (U + c + 1) ** 2,
            U * (U + 2 * c + 4) + ((c + 1) ** 2 - 2 * U),
        ),
        Equal(
            "the sum of both is halfway between multiples of $2U$, and goes to the even one",
            U * (U + 2 * c - 1) + U * (U + 2 * c + 4),
            2 * U * (U + 2 * c + 2) - U,
        ),
        Equal("what is left", U * (U + 2 * c + 2) - U * (U + 2 * c + 1), U),
        Limit("the variance, divided by the error of one pass,", 1 / (U - 1), U, oo, 0),
        Computed(
            "in binary64, where $c = 82191237$, by one pass",
            mean_square - mu**2,
            lambda: one_pass(2.0**52 + 82191236, 2.0**52 + 82191238),
            Integer(2**52),
        ),
        Computed(
            "by two",
            sigma2,
            lambda: two_passes(2.0**52 + 82191236, 2.0**52 + 82191238),
            Integer(1),
        ),
    ),
)

CLAIMS = (REAL, BOUNDS, UNBOUNDED)
