"""RMS normalization: each sample is divided by the root of its mean square; its mean stays.

x has two axes or more, the first one for samples. A group is all of the axes from `axis` on at one
place of the axes before it, n elements; 1 <= axis < rank. gamma has shape x.shape[axis:]. eps > 0
is a scalar.

Where the input is of a half type, code differs in its cast point: the normalized input is rounded
before gamma multiplies it, as in MLX and many language models, or only the product is, as in
PyTorch, Flax and Keras. That is no other function: the profiles bfloat16 and float16 admit the two
roundings, with `fused` there is one.

B. Zhang and R. Sennrich, Root mean square layer normalization, NeurIPS 2019, arXiv:1910.07467v1.
"""

from dataclasses import replace

from sympy import Sum, evaluate, sqrt

from ..normalize import BACKWARD
from ..rule import Option, Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.symbols import (
    dgamma,
    dx,
    dy,
    eps,
    g,
    gamma,
    i,
    j,
    m,
    mean_gx,
    mean_square,
    n,
    r,
    x,
    xhat,
    y,
)
from .layer_norm import SAMPLES

PAPER = Source("Zhang & Sennrich, Root mean square layer normalization", "arXiv:1910.07467v1, (4)")
GEMMA = Source("Gemma", "gemma/gm/nn/_layers.py, RMSNorm", "revision 1ca4fc7")

with evaluate(False):
    GRADIENT, _, PRODUCT, _ = BACKWARD

    paper = Layer(
        "paper",
        "The scale multiplies the normalized input.",
        PAPER,
        (
            Step("square", mean_square, 1 / n * Sum(x[i] ** 2, (i, 1, n))),
            Step("reciprocal", r, 1 / sqrt(mean_square + eps)),
            Step("normalize", xhat[i], x[i] * r),
            Step("output", y[i], xhat[i]),
        ),
        options=(
            Option(
                "scale",
                (gamma,),
                (Step("output", y[i], gamma[i] * xhat[i]),),
                note="a scale is given",
                backward=(
                    Step("gradient", g[i], gamma[i] * dy[i]),
                    Step("scale-gradient", dgamma, Sum(dy[j] * xhat[j], (j, 1, m))),
                ),
            ),
        ),
        used_by=(
            "torch.nn.RMSNorm",
            "flax.linen.RMSNorm",
            "keras.layers.RMSNormalization",
            "onnx RMSNormalization",
            "mlx.nn.RMSNorm",
            "tinygrad.nn.RMSNorm",
        ),
        since={  # read in releases on PyPI, and in ONNX's Changelog.md
            "torch.nn.RMSNorm": "2.4.0",  # not in 2.3.1
            "flax.linen.RMSNorm": "0.6.6",  # not in 0.6.4; there is no 0.6.5 on PyPI
            "keras.layers.RMSNormalization": "3.9.0",  # not in 3.8.0
            "onnx RMSNormalization": "opset 23",
            "mlx.nn.RMSNorm": "0.0.2 or earlier",
            "tinygrad.nn.RMSNorm": "0.9.2",  # not in 0.9.1
        },
        layout=replace(SAMPLES, affine="Scale"),
        backward=(
            GRADIENT,
            PRODUCT,
            Step("input-gradient", dx[i], r * (g[i] - xhat[i] * mean_gx)),
        ),
    )

    offset = paper.amend(
        "offset",
        GEMMA,
        summary="1 + gamma is the scale, so gamma starts at 0.",
        options=(
            Option(
                "scale",
                (gamma,),
                (Step("output", y[i], (1 + gamma[i]) * xhat[i]),),
                note="a scale is given",
                backward=(
                    Step("gradient", g[i], (1 + gamma[i]) * dy[i]),
                    Step("scale-gradient", dgamma, Sum(dy[j] * xhat[j], (j, 1, m))),
                ),
            ),
        ),
        used_by=("gemma.gm.nn RMSNorm",),
    )

RULE = Rule(
    "normalizations/rms_norm",
    __doc__,
    (paper, offset),
    defaults={
        "torch.nn.RMSNorm": {"eps": "1.1920928955078125e-7"},
        "flax.linen.RMSNorm": {"eps": "1e-6"},
        "keras.layers.RMSNormalization": {"eps": "1e-6"},
        "onnx RMSNormalization": {"eps": "1e-5"},
        "mlx.nn.RMSNorm": {"eps": "1e-5"},
        "tinygrad.nn.RMSNorm": {"eps": "1e-6"},
        "gemma.gm.nn RMSNorm": {"eps": "1e-06"},
    },
    see_also=("normalizations/layer_norm",),
)
