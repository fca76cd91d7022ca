"""Exponentially weighted average: a running mean whose memory fades.

x and v are tensors of one shape; every equation is elementwise. 0 <= beta < 1 is a scalar; t counts
steps from 1. v starts at 0, which biases it; the corrected dialect divides the bias out and keeps v
itself as the state.

D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980v9.
"""

from sympy import evaluate

from ..rule import Dialect, Rule, Source, Step
from ..symbols import average_t, beta, t, x
from ..symbols import average_value as v
from ..symbols import average_value_t as v_t

OPTAX = Source("optax", "optax/transforms/_accumulation.py:89, ema(debias=False)", "0.2.8")
PAPER = Source("Kingma & Ba, Adam", "arXiv:1412.6980v9, section 3")

with evaluate(False):
    uncorrected = Dialect(
        "uncorrected",
        "The average as it is, biased towards its start.",
        OPTAX,
        (
            Step("weighted-sum", v_t, beta * v + (1 - beta) * x),
            Step("average", average_t, v_t),
        ),
        used_by=("optax.ema(debias=False)",),
        since={"optax.ema(debias=False)": "0.0.8"},  # PyPI: not in 0.0.6
    )

    corrected = uncorrected.amend(
        "corrected",
        PAPER,
        Step("average", average_t, v_t / (1 - beta**t)),
        summary="The average is divided by the sum of its weights.",
        used_by=("optax.ema",),
        since={"optax.ema": "0.1.1"},  # PyPI: until 0.1.0 the corrected average was kept as state
    )

RULE = Rule(
    "optimizers/ewma", __doc__, (uncorrected, corrected), defaults={}, see_also=("optimizers/adam",)
)
