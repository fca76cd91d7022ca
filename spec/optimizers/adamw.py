"""AdamW: Adam whose weight decay shrinks the parameter and never meets the moments.

theta, g, m, v and v_max are tensors of one shape; every equation is elementwise. alpha, beta1,
beta2, eps and weight_decay are scalars with 0 <= beta1, beta2 < 1, alpha, eps > 0 and
weight_decay >= 0; t counts steps from 1. The state starts at 0.

The paper's decay is not scaled by alpha; every framework's is.

I. Loshchilov and F. Hutter, Decoupled weight decay regularization, ICLR 2019, arXiv:1711.05101v3.
"""

from sympy import evaluate

from ..rule import Rule, Source, Step
from ..symbols import alpha, theta, theta_t, weight_decay
from . import adam

TORCH = Source("PyTorch", "torch/optim/adam.py:416-546, _single_tensor_adam", "2.13.0")
KERAS = Source("Keras", "keras/src/optimizers/adamw.py, AdamW", "3.15.1")
MLX = Source("MLX", "python/mlx/optimizers/optimizers.py:595, AdamW", "0.32.4")
AFTER = Source(
    "goldenrule",
    "the order of transformers 4.33.3, src/transformers/optimization.py, with Adam's own step",
)

with evaluate(False):
    SHRINK = Step("decay", theta, theta * (1 - alpha * weight_decay))

    before = adam.paper.amend(
        "before",
        TORCH,
        SHRINK,
        summary="The parameter shrinks, then takes Adam's step.",
        before="first-moment",
        options=(adam.paper.option("amsgrad"),),
        used_by=(
            "torch.optim.AdamW",
            "optax.adamw",
            "mlx.optimizers.AdamW(bias_correction=True)",
            "tinygrad.nn.optim.AdamW",
        ),
        since={  # read in releases on PyPI
            "torch.optim.AdamW": "1.3.0",  # as keras in 1.2.0, its first; pytorch/pytorch#22628
            "optax.adamw": "0.0.1",
            "mlx.optimizers.AdamW(bias_correction=True)": "0.21.1",  # not in 0.20.0
        },
    )

    after = adam.paper.amend(
        "after",
        AFTER,
        Step("decay", theta_t, theta_t * (1 - alpha * weight_decay)),
        summary="The parameter takes Adam's step, then shrinks.",
        after="update",
        options=(),
    )

    keras = adam.keras.amend(
        "keras",
        KERAS,
        SHRINK,
        summary="The parameter shrinks, then takes the step of Keras's Adam.",
        before="first-moment",
        options=(adam.keras.option("amsgrad"),),
        used_by=("keras.optimizers.AdamW", "keras.optimizers.Adam(weight_decay)"),
        since={  # read in releases on PyPI
            "keras.optimizers.AdamW": "2.12.0",  # in 2.11.0 keras.optimizers.experimental.AdamW
            "keras.optimizers.Adam(weight_decay)": "2.11.0",  # experimental.Adam until 2.10.0
        },
    )

    uncorrected = adam.uncorrected.amend(
        "uncorrected",
        MLX,
        SHRINK,
        summary="The parameter shrinks, then takes Adam's step without bias corrections.",
        before="first-moment",
        options=(),
        used_by=("mlx.optimizers.AdamW",),
        since={"mlx.optimizers.AdamW": "0.0.5"},  # PyPI: not in 0.0.4
    )

BETAS = {"beta1": "0.9", "beta2": "0.999"}

RULE = Rule(
    "optimizers/adamw",
    __doc__,
    (before, after, keras, uncorrected),
    defaults={
        "torch.optim.AdamW": {"alpha": "0.001", **BETAS, "eps": "1e-08", "weight_decay": "0.01"},
        "optax.adamw": {**BETAS, "eps": "1e-08", "weight_decay": "0.0001"},
        "keras.optimizers.AdamW": {
            "alpha": "0.001",
            **BETAS,
            "eps": "1e-07",
            "weight_decay": "0.004",
        },
        "mlx.optimizers.AdamW": {**BETAS, "eps": "1e-08", "weight_decay": "0.01"},
        "tinygrad.nn.optim.AdamW": {
            "alpha": "0.001",
            **BETAS,
            "eps": "1e-08",
            "weight_decay": "0.01",
        },
    },
    see_also=("optimizers/adam", "optimizers/sgd"),
)
