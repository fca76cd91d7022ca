"""Claims about Adam: its first step, its bias, and where eps sits.

D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, arXiv:1412.6980v9, sections 2
(the size of a step, the other order of computation) and 3 (the correction).
"""

from sympy import IndexedBase, Rational, Sum, Symbol, sqrt, symbols

from ...claim import Claim
from ...optimizers import rmsprop
from ...optimizers.adam import RULE, keras, paper, uncorrected
from ...proofs.evidence import Each
from ...proofs.fact import Equal
from ...proofs.iterate import outputs_from
from ...proofs.sequence import Induction
from ...symbols import beta1, beta2, eps, g, m, m_t, rho, t, v, v_hat, v_max, v_t
from ..scaling import scale_invariant
from . import adam_amsgrad, adam_errata, adam_mistakes, adam_step

c = Symbol("c", real=True, nonzero=True)
n = Symbol("n", integer=True, positive=True)
gradients = IndexedBase("g")
p, q, square, x_1, x_2, g_1, g_2 = symbols("p q s x_1 x_2 g_1 g_2", real=True)
PAPER = paper.outputs()

SCALE = Claim(
    15,
    "scale-invariance",
    r"With $\varepsilon = 0$, no weight decay, and moments scaled along (or 0), the steps are the "
    "same for gradients $c g$ as for $g$, $c > 0$; with AMSGrad too.",
    tuple(scale_invariant(dialect, {m: 1, v: 2, v_max: 2}) for dialect in RULE.dialects),
)

BIAS = Claim(
    19,
    "bias-correction",
    r"For stationary gradients $E[m_t] = (1 - \beta_1^t) E[g]$ and "
    r"$E[v_t] = (1 - \beta_2^t) E[g^2]$; the corrected moments are unbiased.",
    (
        Induction(
            r"unrolled from $m_0 = 0$, the first moment is a weighted sum of the gradients",
            paper,
            {m: (1 - beta1) * Sum(beta1 ** (t - n) * gradients[n], (n, 1, t))},
            given={g: gradients[t]},
        ),
        Equal(
            "a step is linear in the moment and the gradient, so an expectation goes through it "
            "as a value does",
            PAPER["m"].subs({m: p * x_1 + q * x_2, g: p * g_1 + q * g_2}),
            p * PAPER["m"].subs({m: x_1, g: g_1}) + q * PAPER["m"].subs({m: x_2, g: g_2}),
        ),
        Induction(
            "the expectation of $m_t$ is therefore what $m_t$ is where every gradient is its "
            "expectation $c$: $c$ times the sum of the weights, which is less than 1",
            paper,
            {m: (1 - beta1**t) * c},
            given={g: c},
        ),
        Induction(
            r"the second moment is such a sum of the squares of the gradients",
            paper,
            {v: (1 - beta2) * Sum(beta2 ** (t - n) * gradients[n] ** 2, (n, 1, t))},
            given={g: gradients[t]},
        ),
        Equal(
            "and a step is linear in it and in the square",
            PAPER["v"].subs({v: p * x_1 + q * x_2, g**2: p * g_1 + q * g_2}),
            p * PAPER["v"].subs({v: x_1, g**2: g_1}) + q * PAPER["v"].subs({v: x_2, g**2: g_2}),
        ),
        Induction(
            "so its expectation is that of the square, $s$, times the sum of its own weights",
            paper,
            {v: (1 - beta2**t) * square},
            given={g**2: square},
        ),
        *(
            Equal(
                f"divided by the sum of its weights, the {which} moment has the expectation",
                next(step.value for step in paper.steps if step.name == f"{which}-unbiased"),
                value,
                given={moment: (1 - decay**t) * value},
            )
            for which, moment, decay, value in (
                ("first", m_t, beta1, c),
                ("second", v_t, beta2, square),
            )
        ),
    ),
)

EPS_HAT = Claim(
    20,
    "eps-hat",
    r"With the corrections in the learning rate, Adam is the paper's with $\varepsilon$ replaced "
    r"by $\varepsilon / \sqrt{1 - \beta_2^t}$, which for $\beta_2 = 0.999$ and $t = 1$ is "
    r"$10 \sqrt{10} \approx 31.6$ times $\varepsilon$.",
    (
        Equal(
            r"the paper's denominator, times $\sqrt{1 - \beta_2^t}$, has the root of $v$ without "
            r"its correction, and $\varepsilon$ times the same",
            (sqrt(v_hat) + eps) * sqrt(1 - beta2**t),
            sqrt(v_t) + eps * sqrt(1 - beta2**t),
            given={v_t: (1 - beta2**t) * v_hat},
        ),
        Each(
            r"with $\varepsilon$ divided by it beforehand the steps are equal, whatever options "
            "are on",
            (
                Equal(
                    "from the moments after the step",
                    outputs_from(keras, [m_t, v_t])["theta"],
                    outputs_from(paper, [m_t, v_hat])["theta"].subs(eps, eps / sqrt(1 - beta2**t)),
                    given={v_t: (1 - beta2**t) * v_hat},
                ),
                *(
                    Equal(
                        " + ".join(("theta", *options)),
                        keras.outputs(options)["theta"],
                        paper.outputs(options)["theta"].subs(eps, eps / sqrt(1 - beta2**t)),
                    )
                    for options in paper.option_sets()
                ),
            ),
        ),
        Equal(
            "the factor is then",
            1 / sqrt(1 - beta2**t),
            10 * sqrt(10),
            given={beta2: Rational("0.999"), t: 1},
        ),
    ),
)

RMSPROP = Claim(
    21,
    "without-first-moment",
    r"With $\beta_1 = 0$ and no bias correction, Adam is RMSprop.",
    tuple(
        Equal(
            why,
            uncorrected.outputs()[name],
            rmsprop.outside.outputs()[name].subs(rho, beta2),
            given=given,
        )
        for why, name, given in (
            ("the averaged gradient is the gradient, and so is the step", "theta", {beta1: 0}),
            (r"the average of squares is the same, with $\beta_2$ for $\rho$", "v", {}),
        )
    ),
)

CLAIMS = (
    SCALE,
    BIAS,
    EPS_HAT,
    RMSPROP,
    *adam_step.CLAIMS,
    *adam_amsgrad.CLAIMS,
    *adam_mistakes.CLAIMS,
    *adam_errata.CLAIMS,
)
