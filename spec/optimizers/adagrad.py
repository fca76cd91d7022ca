"""Adagrad: each parameter's steps shrink with the squared gradients it has seen.

theta, g and a are tensors of one shape; every equation is elementwise. alpha, eps > 0 are scalars;
t counts steps from 1. The sum of squares a >= 0 starts at 0, or at the value a framework sets.

J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods for online learning and stochastic
optimization, JMLR 12 (2011), 2121-2159.
"""

from sympy import evaluate, sqrt

from ..decay import l2
from ..rule import Dialect, Option, Rule, Source, Step
from ..symbols import accumulator as a
from ..symbols import accumulator_t as a_t
from ..symbols import alpha, alpha_t, eps, g, lr_decay, t, theta, theta_t

TORCH = Source("PyTorch", "torch/optim/adagrad.py:387-426, _single_tensor_adagrad", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/adagrad.py, Adagrad.update_step", "3.15.1")

with evaluate(False):
    outside = Dialect(
        "outside",
        "eps is added to the root.",
        TORCH,
        (
            Step("accumulator", a_t, a + g**2),
            Step("update", theta_t, theta - alpha * g / (sqrt(a_t) + eps)),
        ),
        options=(
            l2(before="accumulator"),
            Option(
                "lr_decay",
                (lr_decay,),
                (
                    Step("rate", alpha_t, alpha / (1 + (t - 1) * lr_decay)),
                    Step("update", theta_t, theta - alpha_t * g / (sqrt(a_t) + eps)),
                ),
                before="accumulator",
                note="the learning rate falls with time; the first step has it whole",
            ),
        ),
        used_by=("torch.optim.Adagrad", "mlx.optimizers.Adagrad"),
        since={  # read in releases on PyPI: torch from 1.0.0 on
            "torch.optim.Adagrad": "1.0.0 or earlier",
            "mlx.optimizers.Adagrad": "0.0.5",  # not in 0.0.4
        },
    )

    inside = outside.amend(
        "inside",
        KERAS,
        Step("update", theta_t, theta - alpha * g / sqrt(a_t + eps)),
        summary="eps is inside the root.",
        options=(),
        used_by=("keras.optimizers.Adagrad", "optax.adagrad"),
        since={  # read in releases on PyPI
            "keras.optimizers.Adagrad": "2.11.0",  # eps outside the root from 2.0.0 to 2.10.0
            "optax.adagrad": "0.0.2",  # not in 0.0.1
        },
    )

RULE = Rule(
    "optimizers/adagrad",
    __doc__,
    (outside, inside),
    defaults={
        "torch.optim.Adagrad": {
            "alpha": "0.01",
            "eps": "1e-10",
            "a": "0",
            "lr_decay": "0",
            "weight_decay": "0",
        },
        "optax.adagrad": {"eps": "1e-07", "a": "0.1"},
        "keras.optimizers.Adagrad": {"alpha": "0.001", "eps": "1e-07", "a": "0.1"},
        "mlx.optimizers.Adagrad": {"eps": "1e-08"},
    },
    see_also=("optimizers/rmsprop", "optimizers/adadelta"),
)
