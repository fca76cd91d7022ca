"""Claims about weighted averages: their weights, their bias, how long they remember.

The correction is in D. P. Kingma and J. Ba, Adam, arXiv:1412.6980v9, section 3. The average of the
iterates is in B. T. Polyak and A. B. Juditsky, Acceleration of stochastic approximation by
averaging, SIAM J. Control Optim. 30 (1992), 838-855.
"""

from sympy import Derivative, IndexedBase, Sum, Symbol, diff, exp, log, symbols

from ...claim import Claim
from ...optimizers.ewma import corrected, uncorrected
from ...proofs.fact import Equal, Holds
from ...proofs.sequence import Induction, Limit
from ...symbols import average_value as v
from ...symbols import beta, t, x
from . import ewma_errata

c, p, q, x_1, x_2, v_1, v_2 = symbols("c p q x_1 x_2 v_1 v_2", real=True)
k = Symbol("k", integer=True, positive=True)
r = Symbol("r", positive=True)
values = IndexedBase("x")

AVERAGE = uncorrected.outputs()["v"]
CORRECTED = corrected.outputs()["average"]
WEIGHTED = (1 - beta) * Sum(beta ** (t - k) * values[k], (k, 1, t))

CONSTANT = Claim(
    4,
    "constant-input",
    r"For a constant input $c$ the average is $v_t = (1 - \beta^t) c$, and the corrected one is "
    "$c$.",
    (
        Induction(
            "each step keeps the form, and the first makes it",
            uncorrected,
            {v: (1 - beta**t) * c},
            given={x: c},
        ),
        Equal(
            r"the factor $1 - \beta^t$ is known, so it can be divided out",
            CORRECTED,
            c,
            given={x: c, v: (1 - beta ** (t - 1)) * c},
        ),
    ),
)

WEIGHTS = Claim(
    4,
    "weights",
    r"The average is $v_t = (1 - \beta) \sum_k \beta^{t-k} x_k$; the weights of the corrected "
    "average add up to 1.",
    (
        Induction(
            r"unrolled: a step multiplies the weights of all older values by $\beta$ and adds the "
            r"newest with the weight $1 - \beta$",
            uncorrected,
            {v: WEIGHTED},
            given={x: values[t]},
        ),
        Induction(
            "the weights add up to what a constant input 1 yields, which is less than 1: the rest "
            "is the weight of the start, 0",
            uncorrected,
            {v: 1 - beta**t},
            given={x: 1},
        ),
        Equal(
            "divided by their sum, they add up to 1",
            CORRECTED,
            1,
            given={x: 1, v: 1 - beta ** (t - 1)},
        ),
    ),
)

UNBIASED = Claim(
    4,
    "unbiased",
    r"For a stationary input of expectation $c$, $v_t$ has expectation $(1 - \beta^t) c$ and the "
    "corrected average has expectation $c$.",
    (
        Equal(
            "a step is linear, so an expectation goes through it as a value does",
            AVERAGE.subs({x: p * x_1 + q * x_2, v: p * v_1 + q * v_2}),
            p * AVERAGE.subs({x: x_1, v: v_1}) + q * AVERAGE.subs({x: x_2, v: v_2}),
        ),
        Induction(
            "the expectation of $v_t$ is therefore what $v_t$ is where every value is its "
            "expectation $c$",
            uncorrected,
            {v: (1 - beta**t) * c},
            given={x: c},
        ),
        Equal(
            "and that of the corrected average",
            CORRECTED,
            c,
            given={x: c, v: (1 - beta ** (t - 1)) * c},
        ),
    ),
)

WINDOW = Claim(
    4,
    "window",
    r"A value $k$ steps old weighs $\beta^k$ times as much as the newest: $1/e$ at "
    r"$k = 1 / \ln(1/\beta)$, which lies between $1/(1-\beta) - 1$ and $1/(1-\beta)$. As "
    r"$\beta \to 1$, the weight at $k = 1/(1-\beta)$ tends to $1/e$ from below.",
    (
        Equal(
            r"a step multiplies the weights of all older values by $\beta$, so $k$ steps by "
            r"$\beta^k$",
            Derivative(AVERAGE, v),
            beta,
        ),
        Equal(r"after $1 / \ln(1/\beta)$ steps that is", beta ** (1 / log(1 / beta)), exp(-1)),
        Limit(
            r"after $1/(1-\beta)$ steps it tends to the same",
            beta ** (1 / (1 - beta)),
            beta,
            1,
            exp(-1),
        ),
        *(
            fact
            for bound, below, h in (
                (r"1 - \beta < \ln(1/\beta)", ">", -log(beta) - (1 - beta)),
                (r"\ln(1/\beta) < (1-\beta)/\beta", ">", (1 - beta) / beta + log(beta)),
            )
            for fact in (
                Equal(
                    rf"${bound}$: the larger side less the other is 0 at $\beta = 1$",
                    h,
                    0,
                    given={beta: 1},
                ),
                Holds(
                    r"and falls until then, so it is positive before",
                    diff(h, beta),
                    "<",
                    0,
                    given={beta: 1 / (1 + r)},
                ),
            )
        ),
        Equal(
            r"and the reciprocal of the last bound is",
            beta / (1 - beta),
            1 / (1 - beta) - 1,
        ),
    ),
)

POLYAK = Claim(
    5,
    "polyak-average",
    r"The mean of the iterates $x_1, \dots, x_t$ follows $v_t = v_{t-1} + (x_t - v_{t-1}) / t$: "
    r"it is the weighted average with $\beta = 1 - 1/t$.",
    (
        Equal(
            "with that decay, a step is the recursion",
            AVERAGE,
            v + (x - v) / t,
            given={beta: 1 - 1 / t},
        ),
        Induction(
            "and what it yields is the mean, by induction",
            uncorrected,
            {v: Sum(values[k], (k, 1, t)) / t},
            given={x: values[t], beta: 1 - 1 / t},
        ),
    ),
)

CLAIMS = (CONSTANT, WEIGHTS, UNBIASED, WINDOW, POLYAK, *ewma_errata.CLAIMS)
