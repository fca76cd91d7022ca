r"""Claim 48: a weighted average is not the average of its last $1 / (1 - \beta)$ values."""

from sympy import IndexedBase, Rational, Sum, Symbol, exp

from ...claim import Refuted
from ...optimizers.ewma import uncorrected
from ...proofs.evidence import Fails
from ...proofs.iterate import iterate
from ...proofs.sequence import Induction, Limit
from ...symbols import average_value as v
from ...symbols import beta, t, x

c = Symbol("c", real=True)
k = Symbol("k", integer=True, positive=True)
values = IndexedBase("x")
THREE = [{x: 1}, {x: 0}, {x: 0}]

LAST_VALUES = Refuted(
    48,
    "last-values-alone",
    r"The weighted average with decay $\beta$ is the average of the last $1 / (1 - \beta)$ values.",
    (
        Induction(
            "no value is ever left out",
            uncorrected,
            {v: (1 - beta) * Sum(beta ** (t - k) * values[k], (k, 1, t))},
            given={x: values[t]},
        ),
        Induction(
            r"$t$ steps after the average was $c$, its older values together count $\beta^t$",
            uncorrected,
            {v: beta**t * c},
            start={v: c},
            given={x: 0},
        ),
        Limit(
            r"after $1 / (1 - \beta)$ steps, for $\beta$ near 1, that is",
            beta ** (1 / (1 - beta)),
            beta,
            1,
            exp(-1),
        ),
    ),
    counterexample=Fails(
        r"the average of 1, 0, 0 with $\beta = 1/2$, and the mean of the last two",
        iterate(uncorrected, THREE, {v: 0, beta: Rational(1, 2)})[2]["v"],
        "=",
        Rational(0),
    ),
    truth=r"Every value counts, each $\beta$ times as much as the one after it. Those older than "
    r"$1 / (1 - \beta)$ steps together still count about $1/e$, more than a third, where $\beta$ "
    "is near 1.",
)

CLAIMS = (LAST_VALUES,)
