"""Claims about batch normalization: running statistics, inference, its gradient.

Folding inference into the layer before is in B. Jacob et al., Quantization and training of neural
networks, arXiv:1712.05877v1, section 3.2.
"""

from sympy import Rational, Sum, Symbol

from ...claim import Claim
from ...convolutions.conv import zeros
from ...normalizations.batch_norm import RULE, biased, inference, unbiased
from ...proofs.arrays import Same
from ...proofs.evidence import Finite
from ...proofs.fact import Equal
from ...tensors.algebra import generators
from ...tensors.evaluate import forward
from ...tensors.symbols import (
    beta,
    gamma,
    i,
    k,
    momentum,
    n,
    r,
    running_mean,
    sigma2,
    w,
    x,
    xhat,
    y,
)
from ..normalizing import backward_claim
from . import batch_norm_errata, batch_norm_gradient, batch_norm_variance

K = Symbol("K", integer=True, positive=True)
bias, scale, shift = (Symbol(name, real=True) for name in ("b_c", r"\gamma_c", r"\beta_c"))


def of(layer, name):
    """Give the value of a step."""
    return next(step.value for step in layer.steps_with(("affine",)) if step.name == name)


OUTPUT = of(inference, "output").subs(xhat[i], of(inference, "normalize"))

MOMENTUM = Claim(
    31,
    "running-statistics",
    r"With momentum $1 - \tau$ the biased dialect has the running mean of the unbiased one, and "
    r"its running variance if $\sigma^2$ is taken $n / (n - 1)$ times.",
    (
        Equal(
            "the running mean",
            of(biased, "running-mean").subs(momentum, 1 - momentum),
            of(unbiased, "running-mean"),
        ),
        Equal(
            "the running variance",
            of(biased, "running-variance").subs(
                {momentum: 1 - momentum, sigma2: n / (n - 1) * sigma2}, simultaneous=True
            ),
            of(unbiased, "running-variance"),
        ),
    ),
)


def folded(length: int) -> Same:
    """State that inference folds into a convolution with a kernel of this length."""

    def sides():
        lines = {"stride": (1,), "dilation": (1,), "padding": ((0, 1),), "groups": 1}
        shapes = {name: (2,) for name in ("b", "gamma", "beta", "running_mean", "running_var")}
        images = {"x": (1, 1, length + 1), "w": (2, 1, length), "eps": ()}
        given = generators({**images, **shapes}, roots=2)
        convolved = forward(zeros, ("bias",), given, lines)["y"]
        both = forward(inference, ("affine",), {**given, "x": convolved}, {})
        factor = given["gamma"] / (given["running_var"] + given["eps"]) ** Rational(1, 2)
        moved = factor * (given["b"] - given["running_mean"]) + given["beta"]
        kernel = given["w"] * factor[:, None, None]
        return both, forward(zeros, ("bias",), {**given, "w": kernel, "b": moved}, lines)

    return Same(f"a kernel of length {length}", sides)


FOLDING = Claim(
    30,
    "folding",
    "Inference is an affine map of each channel. Put after a convolution it is a convolution, with "
    r"the kernel $\gamma r w$ and the bias $\gamma r (b - \bar{\mu}) + \beta$.",
    (
        Equal(
            "an affine map of each channel of $x$",
            OUTPUT,
            gamma[i] * r * x[i] + (beta[i] - gamma[i] * r * running_mean),
        ),
        Equal(
            "put after the sum over a window of $K$ elements",
            OUTPUT.subs({gamma[i]: scale, beta[i]: shift}).subs(
                x[i], bias + Sum(w[k] * y[k], (k, 1, K))
            ),
            scale * r * (bias - running_mean) + shift + Sum(scale * r * w[k] * y[k], (k, 1, K)),
        ),
        Finite(
            "the rules themselves: convolution and inference, and the one convolution",
            tuple(map(folded, range(1, 4))),
            sizes=range(1, 4),
            of="kernel lengths",
        ),
    ),
)


GRADIENT = backward_claim(
    RULE,
    {2: (2, 2), 3: (3, 1), 4: (2, 2, 2)},
    {},
    r"The backward steps of every dialect give the derivative of the sum of $dy$ times $y$: in "
    r"training those of layer normalization, over a channel of all samples; in inference "
    r"$dx = r g$.",
)

CLAIMS = (
    *batch_norm_gradient.CLAIMS,
    GRADIENT,
    MOMENTUM,
    FOLDING,
    *batch_norm_variance.CLAIMS,
    *batch_norm_errata.CLAIMS,
)
