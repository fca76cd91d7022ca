"""Momentum: a velocity that remembers past gradients moves the parameter (heavy ball).

theta, g and a are tensors of one shape; every equation is elementwise. alpha > 0 is the learning
rate, 0 <= beta < 1 the momentum; t counts steps from 1. The velocity a starts at 0.

B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Comput. Math.
Math. Phys. 4 (1964), 1-17.
"""

from sympy import Eq, Piecewise, evaluate

from ..decay import decoupled, l2
from ..rule import Dialect, Option, Rule, Source, Step
from ..symbols import alpha, beta, dampening, g, t, theta, theta_t
from ..symbols import velocity as a
from ..symbols import velocity_t as a_t

TORCH = Source("PyTorch", "torch/optim/sgd.py:346-379, _single_tensor_sgd", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/sgd.py, SGD.update_step", "3.15.1")
MLX = Source("MLX", "python/mlx/optimizers/optimizers.py:273, SGD", "0.32.4")
OPTAX = Source("optax", "optax/transforms/_accumulation.py:89, ema(debias=False)", "0.2.8")

with evaluate(False):
    outside = Dialect(
        "outside",
        "The learning rate stays outside the velocity.",
        TORCH,
        (
            Step("velocity", a_t, beta * a + g),
            Step("update", theta_t, theta - alpha * a_t),
        ),
        options=(
            l2(before="velocity"),
            Option(
                "dampening",
                (dampening,),
                (
                    Step(
                        "velocity",
                        a_t,
                        Piecewise((g, Eq(t, 1)), (beta * a + (1 - dampening) * g, True)),
                    ),
                ),
                note="from the second step on; the first velocity is the whole gradient",
            ),
        ),
        used_by=(
            "torch.optim.SGD",
            "optax.sgd",
            "mlx.optimizers.SGD",
            "tf.compat.v1.train.MomentumOptimizer",
            "tinygrad.nn.optim.SGD",
        ),
        since={  # read in releases on PyPI: torch from 1.0.0 on
            "torch.optim.SGD": "1.0.0 or earlier",
            "optax.sgd": "0.0.1",
            "mlx.optimizers.SGD": "0.0.5",  # averaged until 0.0.4
        },
    )

    dampened = outside.amend(
        "dampened",
        MLX,
        Step("velocity", a_t, beta * a + (1 - dampening) * g),
        summary="The gradient is dampened from the first step on.",
        options=(l2(before="velocity"),),
        used_by=("mlx.optimizers.SGD(dampening)",),
        since={"mlx.optimizers.SGD(dampening)": "0.2.0"},  # PyPI: in 0.1.0 as torch.optim.SGD
    )

    inside = outside.amend(
        "inside",
        KERAS,
        Step("velocity", a_t, beta * a - alpha * g),
        Step("update", theta_t, theta + a_t),
        summary="The velocity holds steps: each keeps the learning rate of its own time.",
        options=(decoupled(before="velocity"),),
        used_by=("keras.optimizers.SGD",),
        since={"keras.optimizers.SGD": "0.2.0 or earlier"},  # the first release on PyPI has it
    )

    averaged = outside.amend(
        "averaged",
        OPTAX,
        Step("velocity", a_t, beta * a + (1 - beta) * g),
        summary="The velocity is the exponentially weighted average of the gradients.",
        options=(),
        used_by=("optax.ema(debias=False) before optax.scale_by_learning_rate",),
        since={  # PyPI: optax.scale_by_learning_rate is not in 0.1.7
            "optax.ema(debias=False) before optax.scale_by_learning_rate": "0.1.8",
        },
    )

RULE = Rule(
    "optimizers/momentum",
    __doc__,
    (outside, dampened, inside, averaged),
    defaults={
        "torch.optim.SGD": {"alpha": "0.001", "beta": "0", "dampening": "0", "weight_decay": "0"},
        "keras.optimizers.SGD": {"alpha": "0.01", "beta": "0.0"},
        "mlx.optimizers.SGD": {"beta": "0.0", "dampening": "0.0", "weight_decay": "0.0"},
        "tinygrad.nn.optim.SGD": {"alpha": "0.001", "beta": "0.0", "weight_decay": "0.0"},
    },
    see_also=("optimizers/nesterov", "optimizers/sgd", "optimizers/ewma"),
)
