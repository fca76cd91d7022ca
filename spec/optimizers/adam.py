"""Adam: averages of the gradient and of its square, unbiased, set the step.

theta, g, m, v and v_max are tensors of one shape; every equation is elementwise. alpha, beta1,
beta2 and eps are scalars with 0 <= beta1, beta2 < 1 and alpha, eps > 0; t counts steps from 1. The
state starts at 0.

D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015, arXiv:1412.6980v9.
"""

from sympy import Max, evaluate, sqrt

from ..decay import l2
from ..rule import Dialect, Option, Rule, Source, Step
from ..symbols import (
    alpha,
    alpha_t,
    beta1,
    beta2,
    eps,
    g,
    m,
    m_hat,
    m_t,
    t,
    theta,
    theta_t,
    v,
    v_hat,
    v_max,
    v_max_t,
    v_t,
)

PAPER = Source("Kingma & Ba, Adam", "arXiv:1412.6980v9, Algorithm 1")
REDDI = Source("Reddi, Kale & Kumar, Convergence of Adam", "arXiv:1904.09237v1, Algorithm 2")
KERAS = Source("Keras", "keras/src/optimizers/adam.py, Adam.update_step", "3.15.1")
EPS_ROOT = Source("optax", "optax/_src/transform.py:246, scale_by_adam(eps=0, eps_root)", "0.2.8")
OPTAX = Source("optax", "optax/_src/transform.py:321, scale_by_amsgrad", "0.2.8")
MLX = Source("MLX", "python/mlx/optimizers/optimizers.py:526, Adam", "0.32.4")

WEIGHT_DECAY = l2(before="first-moment")

with evaluate(False):
    LARGEST = Step("maximum", v_max_t, Max(v_max, v_t))

    paper = Dialect(
        "paper",
        "The corrections come before the root; eps is added to the root.",
        PAPER,
        (
            Step("first-moment", m_t, beta1 * m + (1 - beta1) * g),
            Step("second-moment", v_t, beta2 * v + (1 - beta2) * g**2),
            Step("first-unbiased", m_hat, m_t / (1 - beta1**t)),
            Step("second-unbiased", v_hat, v_t / (1 - beta2**t)),
            Step("update", theta_t, theta - alpha * m_hat / (sqrt(v_hat) + eps)),
        ),
        options=(
            WEIGHT_DECAY,
            Option(
                "amsgrad",
                (v_max,),
                (
                    LARGEST,
                    Step("second-unbiased", v_hat, v_max_t / (1 - beta2**t)),
                ),
                before="second-unbiased",
                note="the largest v so far takes v's place and is corrected afterwards",
            ),
        ),
        used_by=(
            "torch.optim.Adam",
            "optax.adam",
            "mlx.optimizers.Adam(bias_correction=True)",
            "tinygrad.nn.optim.Adam",
        ),
        since={  # read in releases on PyPI
            "torch.optim.Adam": "1.3.0",  # as keras until 1.2.0; pytorch/pytorch#22628
            "optax.adam": "0.0.1",
            "mlx.optimizers.Adam(bias_correction=True)": "0.21.1",  # not in 0.20.0
        },
    )

    keras = paper.amend(
        "keras",
        KERAS,
        Step("first-unbiased", alpha_t, alpha * sqrt(1 - beta2**t) / (1 - beta1**t)),
        Step("update", theta_t, theta - alpha_t * m_t / (sqrt(v_t) + eps)),
        summary="The corrections join the learning rate, so eps meets the uncorrected root.",
        drop=("second-unbiased",),
        options=(
            WEIGHT_DECAY,
            Option(
                "amsgrad",
                (v_max,),
                (
                    LARGEST,
                    Step("update", theta_t, theta - alpha_t * m_t / (sqrt(v_max_t) + eps)),
                ),
                before="update",
                note="the largest v so far takes v's place",
            ),
        ),
        used_by=("keras.optimizers.Adam", "tf.compat.v1.train.AdamOptimizer"),
        since={"keras.optimizers.Adam": "0.2.0 or earlier"},  # the first release on PyPI has it
    )

    inside = paper.amend(
        "inside",
        EPS_ROOT,
        Step("update", theta_t, theta - alpha * m_hat / sqrt(v_hat + eps)),
        summary="eps is inside the root.",
        options=(WEIGHT_DECAY,),
        used_by=("optax.adam(eps=0, eps_root)",),
        since={"optax.adam(eps=0, eps_root)": "0.0.3"},  # PyPI: no eps_root in 0.0.2
    )

    uncorrected = paper.amend(
        "uncorrected",
        MLX,
        Step("update", theta_t, theta - alpha * m_t / (sqrt(v_t) + eps)),
        summary="The averages are used as they are, biased towards their start.",
        drop=("first-unbiased", "second-unbiased"),
        options=(
            WEIGHT_DECAY,
            Option(
                "amsgrad",
                (v_max,),
                (
                    LARGEST,
                    Step("update", theta_t, theta - alpha * m_t / (sqrt(v_max_t) + eps)),
                ),
                before="update",
                note=f"as its authors write it ({REDDI}), with eps",
            ),
        ),
        used_by=("mlx.optimizers.Adam", "optax.amsgrad without bias corrections"),
        since={"mlx.optimizers.Adam": "0.0.2 or earlier"},  # the first release on PyPI has it
    )

    corrected_max = paper.amend(
        "corrected_max",
        OPTAX,
        Step("maximum", v_max_t, Max(v_max, v_hat)),
        Step("update", theta_t, theta - alpha * m_hat / (sqrt(v_max_t) + eps)),
        summary="AMSGrad always, with the maximum taken over the corrected second moments.",
        before="update",
        options=(WEIGHT_DECAY,),
        used_by=("optax.amsgrad",),
        since={"optax.amsgrad": "0.1.4"},  # PyPI: not in 0.1.3
    )

BETAS = {"beta1": "0.9", "beta2": "0.999"}

RULE = Rule(
    "optimizers/adam",
    __doc__,
    (paper, keras, inside, uncorrected, corrected_max),
    defaults={
        "torch.optim.Adam": {"alpha": "0.001", **BETAS, "eps": "1e-08", "weight_decay": "0"},
        "optax.adam": {**BETAS, "eps": "1e-08"},
        "optax.amsgrad": {**BETAS, "eps": "1e-08"},
        "keras.optimizers.Adam": {"alpha": "0.001", **BETAS, "eps": "1e-07"},
        "mlx.optimizers.Adam": {**BETAS, "eps": "1e-08"},
        "tf.compat.v1.train.AdamOptimizer": {"alpha": "0.001", **BETAS, "eps": "1e-8"},
        "tinygrad.nn.optim.Adam": {"alpha": "0.001", **BETAS, "eps": "1e-08"},
    },
    see_also=("optimizers/adamw", "optimizers/rmsprop", "optimizers/ewma"),
)
