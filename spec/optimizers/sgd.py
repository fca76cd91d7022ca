"""Gradient descent: the parameter moves against the gradient.

theta and g are tensors of one shape; every equation is elementwise. alpha > 0 is the learning rate.
The gradient may be that of the whole loss or of a mini-batch: the rule is the same.

H. Robbins and S. Monro, A stochastic approximation method, Ann. Math. Statist. 22 (1951), 400-407.
"""

from sympy import evaluate

from ..decay import decoupled as decoupled_decay
from ..decay import l2 as l2_decay
from ..rule import Dialect, Rule, Source, Step
from ..symbols import alpha, g, theta, theta_t

TORCH = Source("PyTorch", "torch/optim/sgd.py:346-379, _single_tensor_sgd", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/base_optimizer.py, _apply_weight_decay", "3.15.1")

with evaluate(False):
    l2 = Dialect(
        "l2",
        "Weight decay, where asked for, is added to the gradient.",
        TORCH,
        (Step("update", theta_t, theta - alpha * g),),
        options=(l2_decay(before="update"),),
        used_by=(
            "torch.optim.SGD",
            "optax.sgd after optax.add_decayed_weights",
            "mlx.optimizers.SGD",
            "tinygrad.nn.optim.SGD",
        ),
        since={  # read in releases on PyPI: torch from 1.0.0 on
            "torch.optim.SGD": "1.0.0 or earlier",
            "optax.sgd after optax.add_decayed_weights": "0.0.3",  # another name until 0.0.2
            "mlx.optimizers.SGD": "0.1.0",  # until 0.0.11 no decay without momentum
        },
    )

    decoupled = l2.amend(
        "decoupled",
        KERAS,
        summary="Weight decay, where asked for, shrinks the parameter directly.",
        options=(decoupled_decay(before="update"),),
        used_by=("keras.optimizers.SGD",),
        since={"keras.optimizers.SGD": "2.11.0"},  # PyPI: no weight_decay until 2.10.0
    )

RULE = Rule(
    "optimizers/sgd",
    __doc__,
    (l2, decoupled),
    defaults={
        "torch.optim.SGD": {"alpha": "0.001", "weight_decay": "0"},
        "keras.optimizers.SGD": {"alpha": "0.01"},
        "mlx.optimizers.SGD": {"weight_decay": "0.0"},
        "tinygrad.nn.optim.SGD": {"alpha": "0.001", "weight_decay": "0.0"},
    },
    see_also=("optimizers/momentum", "optimizers/nesterov", "optimizers/adamw"),
)
