"""Convolution: a kernel slides over an image; each element of y sums the products under it.

x has shape (N, C, L...): samples, channels, one to three spatial axes. w has shape
(O, C/G, K...), b (O,), y (N, O, M...). G, the count of the groups of channels, divides C and O; an
output sees the inputs of its group. The kernel is not turned around: this is cross-correlation.
Stride and dilation are positive, padding is not negative; reflect pads less than L at each end.
Where no window fits, M is 0 and the output is empty.

Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-based learning applied to document
recognition, Proc. IEEE 86 (1998). Lengths: V. Dumoulin and F. Visin, arXiv:1603.07285v2.
"""

from collections.abc import Mapping

from sympy import Abs, Eq, Expr, Max, Min, Mod, Piecewise, S, Sum, ceiling, evaluate, floor

from ..rule import Option, Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.symbols import (
    C,
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
    dxe,
    dy,
    dye,
    groups,
    hi,
    i,
    j,
    k,
    lo,
    o,
    s,
    stride,
    total,
    w,
    x,
    xe,
    y,
)
from ..tensors.windows import Windows

TORCH = Source("PyTorch", "torch/nn/modules/conv.py:368, Conv1d._conv_forward", "2.13.0")
TENSORFLOW = Source(
    "TensorFlow", "core/framework/kernel_shape_util.cc, GetWindowedOutputSizeVerbose", "2.21.0"
)
ONNX = Source("ONNX", "onnx/defs/nn/defs.cc, Conv, opset 22", "1.23.2")
FLAX = Source("Flax", "flax/linen/linear.py:606, _Conv.__call__", "0.12.8")

SHAPES = {x: (N, C, L), w: (O, C / groups, K), b: (O,), y: (N, O, M)}
SHAPES |= {dx: SHAPES[x], dw: SHAPES[w], db: SHAPES[b], dy: SHAPES[y]}
PADDED = Windows(SHAPES, ("stride", "dilation", "groups", "padding"))
AUTOMATIC = Windows(SHAPES, ("stride", "dilation", "groups"))


with evaluate(False):
    INSIDE = (0 <= j) & (j < L)
    READ = xe[s, floor(groups * o / O) * (C / groups) + c, stride * i + dilation * k - lo]
    SPREAD = Eq(Mod(j, stride), 0) & (0 <= j) & (j <= stride * (M - 1))
    SEEN_BY = floor(groups * c / C) * (O / groups) + o
    SENT = w[SEEN_BY, Mod(c, C / groups), k] * dye[s, SEEN_BY, j + lo - dilation * k]
    LENGTH = floor((L + lo + hi - dilation * (K - 1) - 1) / stride) + 1
    TOTAL = (ceiling(L / stride) - 1) * stride + (K - 1) * dilation + 1 - L
    REFLECTED = L - 1 - Abs(L - 1 - Abs(j))
    NEAREST = Min(Max(j, 0), L - 1)
    CAUSAL = (K - 1) * dilation
    INPUTS, OUTPUTS, KERNEL = (c, 0, C / groups - 1), (o, 0, O / groups - 1), (k, 0, K - 1)
    PLACES = (s, 0, N - 1), (i, 0, M - 1)

NOTE = "a number for each output channel is added"
PRODUCTS = Sum(w[o, c, k] * READ, INPUTS, KERNEL)
BIAS = Option("bias", (b,), (Step("output", y[s, o, i], PRODUCTS + b[o]),), note=NOTE)

zeros = Layer(
    "zeros",
    "x is extended by zeros, as many at each end of each axis as the caller says.",
    TORCH,
    (
        Step("length", M, Max(LENGTH, 0)),
        Step("extension", xe[s, c, j], Piecewise((x[s, c, j], INSIDE), (0, True))),
        Step("output", y[s, o, i], PRODUCTS),
    ),
    options=(BIAS,),
    used_by=("torch.nn.functional.conv2d", "jax.lax.conv_general_dilated", "onnx Conv(pads)"),
    since={  # read in releases on PyPI, jax from 0.1.55 on, and in ONNX's Changelog.md
        "jax.lax.conv_general_dilated": "0.1.55 or earlier",
        "onnx Conv(pads)": "opset 1",
    },
    layout=PADDED,
    backward=(
        Step("spread", dye[s, o, j], Piecewise((dy[s, o, j / stride], SPREAD), (0, True))),
        Step("extended-gradient", dxe[s, c, j], Sum(SENT, OUTPUTS, KERNEL)),
        Step("input-gradient", dx[s, c, j], dxe[s, c, j]),
        Step("kernel-gradient", dw[o, c, k], Sum(dy[s, o, i] * READ, *PLACES)),
        Step("bias-gradient", db[o], Sum(dy[s, o, i], *PLACES)),
    ),
)

valid = zeros.amend(
    "valid",
    TENSORFLOW,
    Step("before", lo, S.Zero),
    Step("after", hi, S.Zero),
    summary="No padding: the kernel stays within x.",
    before="length",
    layout=AUTOMATIC,
    used_by=("keras.layers.Conv2D", "jax.lax.conv_general_dilated('VALID')", "onnx Conv('VALID')"),
    since={
        "jax.lax.conv_general_dilated('VALID')": "0.1.55 or earlier",  # PyPI
        "onnx Conv('VALID')": "opset 1",  # Changelog.md
    },
)

same_upper = zeros.amend(
    "same_upper",
    TENSORFLOW,
    Step("total", total, Max(TOTAL, 0)),
    Step("before", lo, floor(total / 2)),
    Step("after", hi, total - lo),
    summary="y has length ceil(L / stride); an odd zero of the padding goes to the end.",
    before="length",
    layout=AUTOMATIC,
    used_by=(
        "keras.layers.Conv2D('same')",
        "flax.linen.Conv",
        "jax.lax.conv_general_dilated('SAME')",
        "torch.nn.functional.conv2d('same') with stride 1",
        "onnx Conv('SAME_UPPER')",
    ),
    since={
        "flax.linen.Conv": "0.2.1",  # PyPI: no flax.linen in 0.2.0
        "jax.lax.conv_general_dilated('SAME')": "0.1.55 or earlier",  # PyPI
        "torch.nn.functional.conv2d('same') with stride 1": "1.9.0",  # PyPI: not in 1.8.1
        "onnx Conv('SAME_UPPER')": "opset 1",  # Changelog.md
    },
)

same_lower = same_upper.amend(
    "same_lower",
    ONNX,
    Step("before", lo, ceiling(total / 2)),
    summary="As same_upper, but an odd zero goes to the beginning.",
    used_by=("onnx Conv('SAME_LOWER')", "jax.lax.conv_general_dilated('SAME_LOWER')"),
    since={
        "onnx Conv('SAME_LOWER')": "opset 1",  # Changelog.md
        "jax.lax.conv_general_dilated('SAME_LOWER')": "0.4.7",  # PyPI: not in 0.4.6
    },
)

causal = valid.amend(
    "causal",
    FLAX,
    Step("before", lo, CAUSAL),
    summary="All padding comes before x: no element of y sees a later one of x.",
    used_by=("flax.linen.Conv('CAUSAL')", "keras.layers.Conv1D('causal')"),
    since={  # read in releases on PyPI
        "flax.linen.Conv('CAUSAL')": "0.5.1",  # not in 0.5.0
        "keras.layers.Conv1D('causal')": "2.0.0",  # not in 1.2.2
    },
)


def continued(name: str, source: Expr, summary: str, since: Mapping[str, str]) -> Layer:
    """Amend zeros: beyond its ends x goes on with its own elements; dx gathers from all of them."""
    taken = Piecewise((dxe[s, c, i], Eq(source.xreplace({j: i}), j)), (0, True))
    gather = Step("input-gradient", dx[s, c, j], Sum(taken, (i, -lo, L + hi - 1)))
    return zeros.amend(
        name,
        TORCH,
        Step("extension", xe[s, c, j], x[s, c, source]),
        summary=summary,
        backward=tuple(gather if step.name == gather.name else step for step in zeros.backward),
        used_by=tuple(since),
        since=since,
    )


reflect = continued(
    "reflect",
    REFLECTED,
    "x goes on as its mirror image; the element at the edge is not repeated.",
    {  # read in releases on PyPI
        "torch.nn.Conv2d('reflect')": "1.5.0",  # not in 1.4.0
        "flax.linen.Conv('REFLECT')": "0.10.5",  # not in 0.10.4
    },
)
replicate = continued(
    "replicate",
    NEAREST,
    "x goes on with the element at its edge.",
    {"torch.nn.Conv2d('replicate')": "1.5.0"},  # PyPI: not in 1.4.0
)
circular = continued(
    "circular",
    Mod(j, L),
    "x goes on from its other end.",
    {  # read in releases on PyPI
        "torch.nn.Conv2d('circular')": "1.5.0",  # half the padding from 1.1.0 to 1.4.0
        "flax.linen.Conv('CIRCULAR')": "0.4.0",  # not in 0.3.6
    },
)

RULE = Rule(
    "convolutions/conv",
    __doc__,
    (zeros, valid, same_upper, same_lower, causal, reflect, replicate, circular),
    defaults={
        "torch.nn.Conv2d": {"stride": "1", "padding": "0", "dilation": "1", "groups": "1"},
        "flax.linen.Conv": {"stride": "1", "dilation": "1", "groups": "1"},
        "keras.layers.Conv2D": {"stride": "(1, 1)", "dilation": "(1, 1)", "groups": "1"},
        "onnx Conv": {"stride": "1", "padding": "0", "dilation": "1", "groups": "1"},
        "mlx.nn.Conv2d": {"stride": "1", "padding": "0", "dilation": "1", "groups": "1"},
    },
    see_also=("convolutions/conv_transpose", "convolutions/cross_correlation"),
)
