"""Claims 40 to 42: what Adam is often said to do, and does not.

The sparsest gradient, which is 0 at all steps but one, is the example of D. P. Kingma and J. Ba,
Adam: a method for stochastic optimization, arXiv:1412.6980v9, section 2.1.
"""

from sympy import Expr, Integer, Rational, Symbol, oo, sign, sqrt, symbols

from ...claim import Refuted
from ...optimizers.adam import paper
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...proofs.iterate import outputs_from
from ...proofs.sequence import Induction, Limit
from ...symbols import alpha, beta1, beta2, eps, g, m, m_hat, m_t, t, theta, v, v_hat, v_t

c = Symbol("c", real=True, nonzero=True)
h, k, s = symbols("h k s", positive=True)
p = Symbol("p", nonnegative=True)
PAPER = paper.outputs()
STEP = theta - PAPER["theta"]
FROM_MOMENTS = theta - outputs_from(paper, [m_t, v_t])["theta"]
"""The step, from the moments as they are after it."""
CORRECTED = theta - outputs_from(paper, [m_hat, v_hat])["theta"]
"""The step, from the moments after their correction."""
USUAL = {beta1: Rational("0.9"), beta2: Rational("0.999")}
LENGTH = (1 - beta1) / (1 - beta1**t) * sqrt(1 - beta2**t) / sqrt(1 - beta2)
LATE = (1 - beta1) / sqrt(1 - beta2)


def expected(up: Expr, down: Expr) -> Expr:
    """Take the expectation of the first step for a gradient with probability p, else another."""
    first = STEP.subs({m: 0, v: 0, t: 1, eps: 0})
    return p * first.subs(g, up) + (1 - p) * first.subs(g, down)


LONGER = Refuted(
    40,
    "step-at-most-alpha",
    r"No step of Adam is longer than the learning rate $\alpha$.",
    (
        Equal(
            r"where $g$ at step $t$ is the first that is not 0, and $\varepsilon = 0$, the step is",
            FROM_MOMENTS,
            alpha * sign(c) * LENGTH,
            given={m_t: (1 - beta1) * c, v_t: (1 - beta2) * c**2, eps: 0},
        ),
        Limit("late in the run its length tends to", LENGTH, t, oo, LATE),
        Equal("which for the usual decays is", LATE, sqrt(10), given=USUAL),
    ),
    counterexample=Fails(
        r"the second step, divided by $\alpha$, with gradients 0 and 1, $\beta_1 = 1/8$, "
        r"$\beta_2 = 9/16$ and $\varepsilon = 1/100$",
        STEP / alpha,
        "<=",
        Integer(1),
        given={
            **{m: 0, v: 0, t: 2, g: 1, eps: Rational(1, 100)},
            **{beta1: Rational(1, 8), beta2: Rational(9, 16)},
        },
    ),
    truth=r"A gradient that comes after many zeros makes a step of nearly "
    r"$\alpha (1 - \beta_1) / \sqrt{1 - \beta_2}$: for 0.9 and 0.999 that is "
    r"$\sqrt{10} \approx 3.16$ times $\alpha$. Gradients that grow make longer ones still, as "
    "the bound on a step says.",
)

HARMLESS = Refuted(
    41,
    "eps-only-avoids-zero",
    r"$\varepsilon$ in Adam only keeps the denominator from 0: it does not change a step whose "
    "gradient is not 0.",
    (
        Induction(
            "with a constant gradient the moments are",
            paper,
            {m: (1 - beta1**t) * c, v: (1 - beta2**t) * c**2},
            given={g: c},
        ),
        Equal(
            "which the corrections divide by: every step is",
            CORRECTED,
            alpha * c / (abs(c) + eps),
            given={m_hat: c, v_hat: c**2},
        ),
        Equal(
            r"half of $\alpha$ where $|g| = \varepsilon$",
            alpha * c / (abs(c) + eps),
            alpha / 2,
            given={c: s, eps: s},
        ),
        Limit(
            r"and the smaller the gradient is beside $\varepsilon$, the nearer step over gradient "
            r"comes to $\alpha / \varepsilon$: a gradient of $1/t$",
            alpha / (1 / t + eps),
            t,
            oo,
            alpha / eps,
        ),
    ),
    counterexample=Fails(
        r"the first step for $g = 10^{-8}$, divided by $\alpha$, with $\varepsilon = 10^{-8}$ and "
        "without",
        STEP.subs(eps, Rational(1, 10**8)) / alpha,
        "=",
        STEP.subs(eps, 0) / alpha,
        given={m: 0, v: 0, t: 1, g: Rational(1, 10**8), **USUAL},
    ),
    truth=r"For a constant gradient $g$ every step is $\alpha g / (|g| + \varepsilon)$. Where "
    r"$|g|$ is well above $\varepsilon$ that is nearly $\alpha \operatorname{sign}(g)$; where it "
    r"is well below, nearly $\alpha g / \varepsilon$: gradient descent with the learning rate "
    r"$\alpha / \varepsilon$.",
)

BIASED = Refuted(
    42,
    "unbiased-step",
    r"As $\hat{m}$ and $\hat{v}$ are unbiased, so is Adam's step: its expectation is "
    r"$\alpha E[g] / \sqrt{E[g^2]}$.",
    (
        Equal(
            r"a first step is $\alpha \operatorname{sign}(g)$; for $g$ that is $h$ with "
            "probability $p$ and else $-k$ its expectation is",
            expected(h, -k),
            alpha * (p - (1 - p)),
        ),
        Equal(
            r"the gradient's expectation over the root of that of its square, for $h = 3$, "
            r"$k = 1$, $p = 1/4$",
            (p * h - (1 - p) * k) / sqrt(p * h**2 + (1 - p) * k**2),
            0,
            given={h: 3, k: 1, p: Rational(1, 4)},
        ),
        Equal(
            r"and there the first step's expectation is",
            expected(h, -k),
            -alpha / 2,
            given={p: Rational(1, 4)},
        ),
    ),
    counterexample=Fails(
        r"the first step's expectation, divided by $\alpha$, for $g = 3$ with probability 1/4 and "
        r"else $-1$, which has expectation 0",
        expected(h, -k) / alpha,
        "=",
        (p * h - (1 - p) * k) / sqrt(p * h**2 + (1 - p) * k**2),
        given={h: 3, k: 1, p: Rational(1, 4)},
    ),
    truth=r"Expectations go through sums, not through roots and quotients. With "
    r"$\varepsilon = 0$ the first step has the expectation $\alpha (P(g > 0) - P(g < 0))$: it goes "
    "where the gradient points more often, not where it points on average.",
)

CLAIMS = (LONGER, HARMLESS, BIASED)
