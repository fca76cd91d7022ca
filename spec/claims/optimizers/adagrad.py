"""Claims about Adagrad: its steps shrink as 1/sqrt(t), and do not depend on the gradient's scale.

J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic
optimization, JMLR 12 (2011), 2121-2159.
"""

from sympy import Symbol, sign, sqrt

from ...claim import Claim
from ...optimizers.adagrad import inside, outside
from ...proofs.fact import Equal, Holds
from ...proofs.iterate import outputs_from
from ...proofs.sequence import Induction
from ...symbols import accumulator as a
from ...symbols import accumulator_t as a_t
from ...symbols import alpha, eps, g, t, theta
from ..scaling import scale_invariant

c = Symbol("c", real=True, nonzero=True)
n = Symbol("n", integer=True, nonnegative=True)
r, s = Symbol("r", positive=True), Symbol("s", nonnegative=True)
STEP = theta - outputs_from(outside, [a_t])["theta"]
DECAYED = theta - outputs_from(outside, [a_t], ["lr_decay"])["theta"]

CONSTANT = Claim(
    12,
    "constant-gradient",
    r"With a constant gradient $c \ne 0$ and $\varepsilon = 0$, step $t$ has length "
    r"$\alpha / \sqrt{t}$.",
    (
        Induction("every step adds the same square", outside, {a: t * c**2}, given={g: c}),
        Equal(
            "so the root grows, and the step is",
            STEP,
            alpha / sqrt(t) * sign(c),
            given={a_t: t * c**2, g: c, eps: 0},
        ),
    ),
)

FALLING = Claim(
    12,
    "effective-rate",
    "The effective learning rate, step over gradient, never increases, for any gradients.",
    (
        Holds("the sum of squares never decreases", outside.outputs()["a"], ">=", a),
        Holds(
            r"the larger its root, from $r$ to $r + s$, the smaller the effective rate",
            (STEP / g).subs(a_t, (r + s) ** 2),
            "<=",
            (STEP / g).subs(a_t, r**2),
        ),
        Holds(
            "with a decaying rate too, from one step to the next",
            (DECAYED / g).subs({a_t: (r + s) ** 2, t: t + 1}),
            "<=",
            (DECAYED / g).subs(a_t, r**2),
            given={t: 1 + n},
        ),
    ),
)

SCALE = Claim(
    15,
    "scale-invariance",
    r"With $\varepsilon = 0$, no weight decay, and the sum of squares scaled along (or 0), the "
    "steps are the same for gradients $c g$ as for $g$, $c > 0$.",
    tuple(scale_invariant(dialect, {a: 2}) for dialect in (outside, inside)),
)

CLAIMS = (CONSTANT, FALLING, SCALE)
