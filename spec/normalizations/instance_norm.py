"""Instance normalization: each channel of each sample is normalized by itself.

x has shape (N, C, ...): N samples, C channels, and spatial axes. A group is one channel of one
sample, n elements. gamma, beta and the running statistics have shape (C,). eps > 0 is a scalar, and
momentum a scalar in [0, 1]. Running means start at 0, running variances at 1.

D. Ulyanov, A. Vedaldi and V. Lempitsky, Instance normalization: the missing ingredient for fast
stylization, arXiv:1607.08022v3.
"""

from sympy import Sum, evaluate, sqrt

from ..normalize import AFFINE, BACKWARD, FORWARD
from ..rule import Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.partition import Partition
from ..tensors.place import Label, Place, channel
from ..tensors.symbols import (
    N,
    dx,
    eps,
    g,
    i,
    momentum,
    mu_of,
    n,
    r,
    running_mean,
    running_mean_t,
    running_var,
    running_var_t,
    s,
    sigma2_of,
    x,
    xhat,
)

PAPER = Source("Ulyanov, Vedaldi & Lempitsky, Instance normalization", "arXiv:1607.08022v3, (2)")
TORCH = Source("PyTorch", "aten/src/ATen/native/Normalization.cpp, instance_norm", "2.13.0")


def instance_of(place: Place) -> Label:
    """Label an element by its sample and channel."""
    return (place.sample, place.channel)


INSTANCES = Partition(
    grouped="one channel of one sample",
    group=instance_of,
    shared="one of each for every channel, like the running statistics",
    parameter=channel,
)

with evaluate(False):
    instance = Layer(
        "instance",
        "There are no running statistics.",
        PAPER,
        FORWARD,
        options=(AFFINE,),
        used_by=(
            "torch.nn.InstanceNorm2d",
            "flax.linen.InstanceNorm",
            "keras.layers.GroupNormalization(groups=-1)",
            "onnx InstanceNormalization",
            "mlx.nn.InstanceNorm",
            "tinygrad.nn.InstanceNorm",
        ),
        since={  # read in releases on PyPI, and in ONNX's Changelog.md
            "torch.nn.InstanceNorm2d": "1.0.0 or earlier",
            "flax.linen.InstanceNorm": "0.8.1",  # not in 0.8.0
            "keras.layers.GroupNormalization(groups=-1)": "2.11.0",  # not in 2.10.0
            "onnx InstanceNormalization": "opset 1",
            "mlx.nn.InstanceNorm": "0.0.7",  # not in 0.0.6
            "tinygrad.nn.InstanceNorm": "0.7.0",  # not in 0.6.0
        },
        layout=INSTANCES,
        backward=BACKWARD,
    )

    running = instance.amend(
        "running",
        TORCH,
        Step(
            "running-mean",
            running_mean_t,
            (1 - momentum) * running_mean + momentum * (1 / N * Sum(mu_of[s], (s, 1, N))),
        ),
        Step(
            "running-variance",
            running_var_t,
            (1 - momentum) * running_var
            + momentum * (1 / N * Sum(n / (n - 1) * sigma2_of[s], (s, 1, N))),
        ),
        summary="Running statistics average the samples' means and unbiased variances.",
        after="output",
        used_by=("torch.nn.InstanceNorm2d(track_running_stats=True)",),
    )

    inference = instance.amend(
        "inference",
        TORCH,
        Step("reciprocal", r, 1 / sqrt(running_var + eps)),
        Step("normalize", xhat[i], (x[i] - running_mean) * r),
        summary="The running statistics take the place of the sample's.",
        drop=("mean", "variance"),
        used_by=("torch.nn.InstanceNorm2d(track_running_stats=True) in eval mode",),
        backward=(
            Step("gradient", g[i], BACKWARD[0].value),
            Step("input-gradient", dx[i], r * g[i]),
        ),
    )

RULE = Rule(
    "normalizations/instance_norm",
    __doc__,
    (instance, running, inference),
    defaults={
        "torch.nn.InstanceNorm2d": {"momentum": "0.1", "eps": "1e-5", "running_var": "1"},
        "flax.linen.InstanceNorm": {"eps": "1e-6"},
        "keras.layers.GroupNormalization(groups=-1)": {"eps": "1e-3"},
        "onnx InstanceNormalization": {"eps": "1e-5"},
        "mlx.nn.InstanceNorm": {"eps": "1e-5"},
        "tinygrad.nn.InstanceNorm": {"eps": "1e-5"},
    },
    see_also=("normalizations/batch_norm", "normalizations/group_norm"),
)
