"""Transposed convolution: each element of x sends a kernel to y, where kernels overlap and add up.

x has shape (N, C, L...): samples, channels, one to three spatial axes. w has shape
(C, D, K...), b (O,), y (N, O, M...), where O = G D. G, the count of the groups of channels, divides
C; an input reaches the outputs of its group. Stride and dilation are positive; output padding is
less than the larger of them. With the same arguments convolution takes y back to the shape of x,
and transposed convolution is the gradient of convolution by its input.

V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, arXiv:1603.07285v2,
chapter 4.
"""

from sympy import Eq, Expr, Max, Mod, Piecewise, S, Sum, evaluate, floor

from ..rule import Option, Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.symbols import (
    C,
    D,
    K,
    L,
    M,
    N,
    O,
    b,
    c,
    db,
    dilation,
    dw,
    dx,
    dy,
    dye,
    groups,
    hi,
    i,
    j,
    k,
    lo,
    o,
    output_padding,
    s,
    stride,
    total,
    w,
    x,
    xe,
    y,
)
from ..tensors.windows import Windows

TORCH = Source("PyTorch", "torch/nn/modules/conv.py:832, ConvTranspose1d", "2.13.0")
LAX = Source("JAX", "jax/_src/lax/convolution.py:296, conv_transpose", "0.10.2")
KERAS = Source(
    "Keras",
    "keras/src/backend/common/backend_utils.py, compute_conv_transpose_output_shape",
    "3.15.1",
)

SHAPES = {x: (N, C, L), w: (C, D, K), b: (O,), y: (N, O, M)}
SHAPES |= {dx: SHAPES[x], dw: SHAPES[w], db: SHAPES[b], dy: SHAPES[y]}
PADDED = Windows(SHAPES, ("stride", "dilation", "groups", "padding", "output_padding"))
AUTOMATIC = Windows(SHAPES, ("stride", "dilation", "groups"))

with evaluate(False):
    OF_GROUP = floor(groups * o / O) * (C / groups) + c
    SPREAD = Eq(Mod(j, stride), 0) & (0 <= j) & (j <= stride * (L - 1))
    SENT = xe[s, OF_GROUP, j + lo - dilation * k]
    REACHED = floor(groups * c / C) * D + o
    READ = dye[s, REACHED, stride * i + dilation * k - lo]
    LENGTH = (L - 1) * stride - lo - hi + dilation * (K - 1) + output_padding + 1
    TOTAL = dilation * (K - 1) + 1 - stride
    WITHIN = (0 <= j) & (j < M)
    INPUTS, OUTPUTS, KERNEL = (c, 0, C / groups - 1), (o, 0, D - 1), (k, 0, K - 1)


def gathered(at: Expr) -> tuple[Expr, tuple[Step, ...]]:
    """Give the output, and the gradients, where element `at` of the kernel goes to place k."""
    output = Sum(w[OF_GROUP, Mod(o, D), at] * SENT, INPUTS, KERNEL)
    return output, (
        Step("extension", dye[s, o, j], Piecewise((dy[s, o, j], WITHIN), (0, True))),
        Step("input-gradient", dx[s, c, i], Sum(w[c, o, at] * READ, OUTPUTS, KERNEL)),
        Step(
            "kernel-gradient",
            dw[c, o, k],
            Sum(x[s, c, i] * READ.xreplace({k: at}), (s, 0, N - 1), (i, 0, L - 1)),
        ),
        Step("bias-gradient", db[o], Sum(dy[s, o, j], (s, 0, N - 1), (j, 0, M - 1))),
    )


def bias(output: Expr) -> Option:
    """Add a number to each output channel."""
    return Option("bias", (b,), (Step("output", y[s, o, j], output + b[o]),), note=NOTE)


NOTE = "a number for each output channel is added"
OUTPUT, BACKWARD = gathered(k)
FLIPPED_OUTPUT, FLIPPED_BACKWARD = gathered(K - 1 - k)

adjoint = Layer(
    "adjoint",
    "The adjoint of convolution with zeros; the output padding lengthens y at its end.",
    TORCH,
    (
        Step("channels", O, groups * D),
        Step("length", M, Max(LENGTH, 0)),
        Step("spread", xe[s, c, j], Piecewise((x[s, c, j / stride], SPREAD), (0, True))),
        Step("output", y[s, o, j], OUTPUT),
    ),
    options=(bias(OUTPUT),),
    used_by=("torch.nn.functional.conv_transpose2d", "onnx ConvTranspose(pads)"),
    since={"onnx ConvTranspose(pads)": "opset 1"},  # Changelog.md
    layout=PADDED,
    backward=BACKWARD,
)

unflipped = adjoint.amend(
    "unflipped",
    LAX,
    Step("output", y[s, o, j], FLIPPED_OUTPUT),
    summary="The kernel is turned around first: y correlates the spread x with w.",
    options=(bias(FLIPPED_OUTPUT),),
    backward=FLIPPED_BACKWARD,
    used_by=("jax.lax.conv_transpose", "flax.linen.ConvTranspose"),
    since={  # read in releases on PyPI: jax from 0.1.55 on
        "jax.lax.conv_transpose": "0.1.55 or earlier",
        "flax.linen.ConvTranspose": "0.2.1",  # no flax.linen in 0.2.0
    },
)

same = adjoint.amend(
    "same",
    KERAS,
    Step("length", M, L * stride),
    Step("total", total, Max(TOTAL, 0)),
    Step("before", lo, floor(total / 2)),
    summary="The adjoint of convolution with same_upper from length L stride.",
    after="length",
    layout=AUTOMATIC,
    used_by=(
        "keras.layers.Conv2DTranspose('same')",
        "jax.lax.conv_transpose('SAME', transpose_kernel=True)",
    ),
    since={"jax.lax.conv_transpose('SAME', transpose_kernel=True)": "0.1.55 or earlier"},  # PyPI
)

valid = adjoint.amend(
    "valid",
    KERAS,
    Step("length", M, L * stride + Max(TOTAL, 0)),
    Step("before", lo, S.Zero),
    summary="Nothing is cut off; y is as long as a stride for each element of x at least.",
    after="length",
    layout=AUTOMATIC,
    used_by=(
        "keras.layers.Conv2DTranspose",
        "jax.lax.conv_transpose('VALID', transpose_kernel=True)",
    ),
    since={"jax.lax.conv_transpose('VALID', transpose_kernel=True)": "0.1.55 or earlier"},  # PyPI
)

RULE = Rule(
    "convolutions/conv_transpose",
    __doc__,
    (adjoint, unflipped, same, valid),
    defaults={
        "torch.nn.ConvTranspose2d": {
            "stride": "1",
            "padding": "0",
            "output_padding": "0",
            "dilation": "1",
            "groups": "1",
        },
        "onnx ConvTranspose": {
            "stride": "1",
            "padding": "0",
            "output_padding": "0",
            "dilation": "1",
            "groups": "1",
        },
        "flax.linen.ConvTranspose": {"stride": "1", "dilation": "1"},
        "keras.layers.Conv2DTranspose": {"stride": "(1, 1)", "dilation": "(1, 1)"},
    },
    see_also=("convolutions/conv",),
)
