"""Claims 50 to 52: what batch normalization is said to do to variances and distributions."""

from sympy import Integer, Rational, Symbol, oo, sqrt

from ...claim import Refuted
from ...normalizations.batch_norm import biased, unbiased
from ...proofs.evidence import Fails
from ...proofs.fact import Equal
from ...proofs.sequence import Limit
from ...steps import Step
from ...tensors.layer import Layer
from ...tensors.symbols import eps, i, momentum, mu, n, r, running_var, sigma2, x
from ..normalizing import VALUE, mean

k = Symbol("k", integer=True, positive=True)
s = Symbol("s", positive=True)
VARIANCE, NORMALIZED = VALUE["variance"], VALUE["normalize"]
PAIR = {n: Integer(2)}
TINY = Rational(1, 10**5)


def running(layer: Layer) -> Step:
    """Give the step of the running variance."""
    return next(step for step in layer.steps if step.name == "running-variance")


OTHER_VARIANCE = Refuted(
    50,
    "running-variance-of-the-batch",
    "The running variance of batch normalization averages the variances that training divides by.",
    (
        Equal(
            r"in the unbiased dialect it stays at $n / (n - 1)$ times the batch's variance, here "
            "with $n = k + 1$",
            running(unbiased).value,
            (k + 1) / k * sigma2,
            given={running_var: (k + 1) / k * sigma2, n: k + 1},
        ),
        Equal(
            "in the biased one, at the batch's",
            running(biased).value,
            sigma2,
            given={running_var: sigma2},
        ),
        Equal(
            r"so with $\varepsilon = 0$ the outputs of inference on that batch are those of "
            "training times this",
            (1 / sqrt(running_var)) / (1 / sqrt(sigma2)),
            sqrt(k / (k + 1)),
            given={running_var: (k + 1) / k * s, sigma2: s},
        ),
    ),
    counterexample=Fails(
        "the running variance of the unbiased dialect after one batch of two elements of variance "
        "1, with momentum 1, and that variance",
        running(unbiased).value,
        "=",
        sigma2,
        given={momentum: 1, n: 2, sigma2: 1, running_var: 1},
    ),
    truth="That depends on the dialect. PyTorch, MLX and TensorFlow's kernel average $n / (n - "
    "1)$ times the variance that training divides by; Flax, Keras and ONNX that variance "
    "itself. With two elements a channel, outputs of training and inference then differ by a "
    r"factor of nearly $\sqrt{2}$.",
)

UNIT = Refuted(
    51,
    "unit-variance",
    r"Before scale and shift, batch normalization gives every channel of the batch variance 1.",
    (
        Equal("the mean of the square is", mean(NORMALIZED**2), r**2 * VARIANCE),
        Equal("which is", r**2 * sigma2, sigma2 / (sigma2 + eps), given={r: VALUE["reciprocal"]}),
        Limit(
            r"for a channel that hardly varies, $\sigma^2 = 1/k$, it tends to",
            (1 / k) / (1 / k + eps),
            k,
            oo,
            Integer(0),
        ),
    ),
    counterexample=Fails(
        r"the variance of what is normalized, for $\sigma^2 = \varepsilon = 10^{-5}$",
        sigma2 / (sigma2 + eps),
        "=",
        Integer(1),
        given={sigma2: TINY, eps: TINY},
    ),
    truth=r"It gives variance $\sigma^2 / (\sigma^2 + \varepsilon)$: one half where $\sigma^2 = "
    r"\varepsilon$, and 0 for a channel that is constant.",
)

NORMAL = Refuted(
    52,
    "gaussian",
    "Batch normalization makes a channel's values normally distributed.",
    tuple(
        Equal(
            f"the mean of $\\hat{{x}}^{power}$ is that of the power of the deviations, scaled",
            mean(NORMALIZED**power),
            r**power * mean((x[i] - mu) ** power),
        )
        for power in (3, 4)
    ),
    counterexample=Fails(
        r"the mean of $\hat{x}^4$ for the channel $-1, 1$ with $\varepsilon = 0$, and for a normal "
        "distribution of variance 1",
        mean(NORMALIZED**4).xreplace(PAIR).doit(),
        "=",
        Integer(3),
        given={mu: 0, r: 1, x[1]: -1, x[2]: 1},
    ),
    truth="It shifts and scales a channel, and keeps the shape of its distribution: skewness and "
    "kurtosis stay what they were. Two values stay two values.",
)

CLAIMS = (OTHER_VARIANCE, UNIT, NORMAL)
