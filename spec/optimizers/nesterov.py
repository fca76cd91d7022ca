"""Nesterov momentum: the velocity is corrected by the gradient at the point it leads to.

theta, g and a are tensors of one shape; every equation is elementwise, except that the lookahead
form evaluates the gradient of the objective f at a point of its own choosing. alpha > 0 is the
learning rate, 0 <= beta < 1 the momentum. The velocity a starts at 0.

Y. Nesterov, A method of solving a convex programming problem with convergence rate O(1/k^2),
Soviet Math. Dokl. 27 (1983), 372-376.
"""

from sympy import evaluate

from ..decay import decoupled, l2
from ..rule import Dialect, Rule, Source, Step
from ..symbols import alpha, beta, g, gradient, theta, theta_t
from ..symbols import velocity as a
from ..symbols import velocity_t as a_t

TORCH = Source("PyTorch", "torch/optim/sgd.py:346-379, _single_tensor_sgd, nesterov", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/sgd.py, SGD.update_step, nesterov", "3.15.1")
SUTSKEVER = Source(
    "Sutskever et al., On the importance of initialization and momentum in deep learning",
    "ICML 2013, equations 3 and 4, with the learning rate outside the velocity",
    url="https://proceedings.mlr.press/v28/sutskever13.html",
)

with evaluate(False):
    shifted = Dialect(
        "shifted",
        "theta stands for the point looked ahead to, where frameworks take the gradient.",
        TORCH,
        (
            Step("velocity", a_t, beta * a + g),
            Step("update", theta_t, theta - alpha * (g + beta * a_t)),
        ),
        options=(l2(before="velocity"),),
        used_by=(
            "torch.optim.SGD(nesterov=True)",
            "optax.sgd(nesterov=True)",
            "mlx.optimizers.SGD(nesterov=True)",
            "tf.compat.v1.train.MomentumOptimizer(use_nesterov=True)",
        ),
        since={  # read in releases on PyPI: torch from 1.0.0 on
            "torch.optim.SGD(nesterov=True)": "1.0.0 or earlier",
            "optax.sgd(nesterov=True)": "0.0.1",
            "mlx.optimizers.SGD(nesterov=True)": "0.0.5",  # not in 0.0.4
        },
    )

    keras = shifted.amend(
        "keras",
        KERAS,
        Step("velocity", a_t, beta * a - alpha * g),
        Step("update", theta_t, theta + (beta * a_t - alpha * g)),
        summary="As shifted, but the velocity holds steps, each with the rate of its own time.",
        options=(decoupled(before="velocity"),),
        used_by=("keras.optimizers.SGD(nesterov=True)",),
        since={"keras.optimizers.SGD(nesterov=True)": "0.2.0 or earlier"},  # PyPI's first has it
    )

    lookahead = shifted.amend(
        "lookahead",
        SUTSKEVER,
        Step("gradient", g, gradient(theta - alpha * beta * a)),
        Step("update", theta_t, theta - alpha * a_t),
        summary="theta is the iterate itself; the gradient is taken where the velocity leads.",
        before="velocity",
        options=(),
    )

RULE = Rule(
    "optimizers/nesterov",
    __doc__,
    (shifted, keras, lookahead),
    defaults={
        "torch.optim.SGD": {"alpha": "0.001", "beta": "0", "weight_decay": "0"},
        "keras.optimizers.SGD": {"alpha": "0.01", "beta": "0.0"},
        "mlx.optimizers.SGD": {"beta": "0.0", "weight_decay": "0.0"},
    },
    see_also=("optimizers/momentum", "optimizers/sgd"),
)
