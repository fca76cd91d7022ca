"""Adadelta: the ratio of two running averages, of updates and of gradients, scales the gradient.

theta, g, v and u are tensors of one shape; every equation is elementwise. alpha, eps > 0 and
0 <= rho < 1 are scalars. The averages v, u >= 0 start at 0.

The paper has no learning rate (alpha = 1); frameworks add one. The step uses the average of
previous updates, and the average then takes in the update before alpha scales it.

M. D. Zeiler, ADADELTA: an adaptive learning rate method, arXiv:1212.5701v1.
"""

from sympy import evaluate, sqrt

from ..decay import l2
from ..rule import Dialect, Rule, Source, Step
from ..symbols import alpha, delta, eps, g, rho, theta, theta_t, u, u_t, v, v_t

PAPER = Source("Zeiler, ADADELTA", "arXiv:1212.5701v1, Algorithm 1")

with evaluate(False):
    paper = Dialect(
        "paper",
        "Everyone computes the same; only defaults differ.",
        PAPER,
        (
            Step("second-moment", v_t, rho * v + (1 - rho) * g**2),
            Step("scaled-gradient", delta, sqrt(u + eps) / sqrt(v_t + eps) * g),
            Step("updates", u_t, rho * u + (1 - rho) * delta**2),
            Step("update", theta_t, theta - alpha * delta),
        ),
        options=(l2(before="second-moment"),),
        used_by=(
            "torch.optim.Adadelta",
            "optax.adadelta",
            "keras.optimizers.Adadelta",
            "mlx.optimizers.AdaDelta",
            "tf.compat.v1.train.AdadeltaOptimizer",
        ),
        since={  # read in releases on PyPI: torch from 1.0.0 and Keras from 0.2.0 on
            "torch.optim.Adadelta": "1.0.0 or earlier",
            "optax.adadelta": "0.2.0",  # not in 0.1.9
            "keras.optimizers.Adadelta": "0.2.0 or earlier",
            "mlx.optimizers.AdaDelta": "0.0.6",  # not in 0.0.5
        },
    )

RULE = Rule(
    "optimizers/adadelta",
    __doc__,
    (paper,),
    defaults={
        "torch.optim.Adadelta": {"alpha": "1.0", "rho": "0.9", "eps": "1e-06", "weight_decay": "0"},
        "optax.adadelta": {"rho": "0.9", "eps": "1e-06", "weight_decay": "0.0"},
        "keras.optimizers.Adadelta": {"alpha": "0.001", "rho": "0.95", "eps": "1e-07"},
        "mlx.optimizers.AdaDelta": {"rho": "0.9", "eps": "1e-06"},
        "tf.compat.v1.train.AdadeltaOptimizer": {"alpha": "0.001", "rho": "0.95", "eps": "1e-08"},
    },
    see_also=("optimizers/adagrad", "optimizers/rmsprop"),
)
