"""RMSprop: the gradient is divided by the root of a running average of its square.

theta, g, v, m and b are tensors of one shape; every equation is elementwise. alpha, eps > 0 and
0 <= rho, beta < 1 are scalars. v starts at 0, or at the value a framework sets; m and b at 0.

Centered, the average of the gradient squared is taken off, which leaves a variance. It is >= 0 over
the reals where it starts so, and can round to less: only the clamped dialect is safe from that.

T. Tieleman and G. Hinton, Lecture 6.5: rmsprop, Coursera: Neural networks for machine learning,
2012.
"""

from sympy import Integer, Max, evaluate, sqrt

from ..decay import l2
from ..rule import GOLDENRULE, Dialect, Option, Rule, Source, Step
from ..symbols import (
    alpha,
    b,
    b_t,
    beta,
    d,
    eps,
    g,
    m,
    m_t,
    rho,
    theta,
    theta_t,
    v,
    v_t,
)

TORCH = Source("PyTorch", "torch/optim/rmsprop.py:307-339, _single_tensor_rmsprop", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/rmsprop.py, RMSprop.update_step", "3.15.1")
OPTAX = Source("optax", "optax/_src/alias.py:1935, rmsprop(eps_in_sqrt=False)", "0.2.8")


def centered(denominator: Step) -> Option:
    """Give the option that averages the gradient too, for the denominator to use."""
    mean = Step("mean", m_t, rho * m + (1 - rho) * g)
    note = "the denominator is the root of a variance"
    return Option("centered", (m,), (mean, denominator), before="denominator", note=note)


with evaluate(False):
    MOMENTUM_OUTSIDE = Option(
        "momentum",
        (b, beta),
        (Step("velocity", b_t, beta * b + g / d), Step("update", theta_t, theta - alpha * b_t)),
        before="update",
        note="the learning rate stays outside the velocity",
    )
    MOMENTUM_INSIDE = Option(
        "momentum",
        (b, beta),
        (Step("velocity", b_t, beta * b + alpha * g / d), Step("update", theta_t, theta - b_t)),
        before="update",
        note="the velocity holds steps, each with the learning rate of its own time",
    )

    outside = Dialect(
        "outside",
        "eps is added to the root; a variance is not kept from turning negative.",
        TORCH,
        (
            Step("second-moment", v_t, rho * v + (1 - rho) * g**2),
            Step("denominator", d, sqrt(v_t) + eps),
            Step("update", theta_t, theta - alpha * g / d),
        ),
        options=(
            l2(before="second-moment"),
            centered(Step("denominator", d, sqrt(v_t - m_t**2) + eps)),
            MOMENTUM_OUTSIDE,
        ),
        used_by=("torch.optim.RMSprop", "mlx.optimizers.RMSprop"),
        since={  # read in releases on PyPI: torch from 1.0.0 on
            "torch.optim.RMSprop": "1.0.0 or earlier",
            "mlx.optimizers.RMSprop": "0.0.6",  # not in 0.0.5
        },
    )

    inside = outside.amend(
        "inside",
        KERAS,
        Step("denominator", d, sqrt(v_t + eps)),
        summary="eps is inside the root, and the learning rate inside the velocity.",
        options=(centered(Step("denominator", d, sqrt(v_t - m_t**2 + eps))), MOMENTUM_INSIDE),
        used_by=(
            "keras.optimizers.RMSprop",
            "optax.rmsprop",
            "tf.compat.v1.train.RMSPropOptimizer",
        ),
        since={  # read in releases on PyPI
            "keras.optimizers.RMSprop": "2.11.0",  # eps outside the root from 2.0.0 to 2.10.0
            "optax.rmsprop": "0.0.1",
        },
    )

    optax = outside.amend(
        "optax",
        OPTAX,
        summary="eps is added to the root, and the learning rate is inside the velocity.",
        options=(outside.option("centered"), MOMENTUM_INSIDE),
        used_by=("optax.rmsprop(eps_in_sqrt=False)",),
        since={"optax.rmsprop(eps_in_sqrt=False)": "0.2.4"},  # PyPI: no eps_in_sqrt in 0.2.3
    )

    clamped = outside.amend(
        "clamped",
        GOLDENRULE,
        summary="As outside; a variance that rounds below 0 counts as 0.",
        options=(
            centered(Step("denominator", d, sqrt(Max(v_t - m_t**2, Integer(0))) + eps)),
            MOMENTUM_OUTSIDE,
        ),
    )

RULE = Rule(
    "optimizers/rmsprop",
    __doc__,
    (outside, inside, optax, clamped),
    defaults={
        "torch.optim.RMSprop": {
            "alpha": "0.01",
            "beta": "0",
            "rho": "0.99",
            "eps": "1e-08",
            "weight_decay": "0",
        },
        "optax.rmsprop": {"rho": "0.9", "eps": "1e-08", "v": "0.0"},
        "keras.optimizers.RMSprop": {
            "alpha": "0.001",
            "beta": "0.0",
            "rho": "0.9",
            "eps": "1e-07",
        },
        "mlx.optimizers.RMSprop": {"rho": "0.99", "eps": "1e-08"},
        "tf.compat.v1.train.RMSPropOptimizer": {
            "beta": "0.0",
            "rho": "0.9",
            "eps": "1e-10",
            "v": "1",
        },
    },
    see_also=("optimizers/adagrad", "optimizers/adam"),
)
