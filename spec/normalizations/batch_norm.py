"""Batch normalization: each channel is normalized over the whole batch.

x has shape (N, C, ...): N samples, C channels, and spatial axes, if any. A group is one channel of
all samples, of n elements. gamma, beta and the running statistics have shape (C,). eps > 0 is a
scalar, and momentum a scalar in [0, 1]; t counts batches from 1. Running means start at 0, running
variances at 1.

S. Ioffe and C. Szegedy, Batch normalization: accelerating deep network training by reducing
internal covariate shift, ICML 2015, arXiv:1502.03167v3.
"""

from sympy import Max, evaluate, sqrt

from ..normalize import AFFINE, BACKWARD, FORWARD
from ..rule import Rule, Source, Step
from ..tensors.layer import Layer
from ..tensors.partition import Partition
from ..tensors.place import channel
from ..tensors.symbols import (
    dx,
    eps,
    g,
    i,
    momentum,
    mu,
    n,
    r,
    running_mean,
    running_mean_t,
    running_var,
    running_var_t,
    sigma2,
    t,
    x,
    xhat,
)

TORCH = Source("PyTorch", "torch/nn/modules/batchnorm.py:176-226, _BatchNorm.forward", "2.13.0")
NONE = Source("PyTorch", "torch/nn/modules/batchnorm.py:191-192, momentum=None", "2.13.0")
FLAX = Source("Flax", "flax/linen/normalization.py:401-404, BatchNorm", "0.12.8")
TENSORFLOW = Source(
    "TensorFlow", "tensorflow/core/kernels/fused_batch_norm_op.cc, rest_size_adjust", "2.21.0"
)
PAPER = Source("Ioffe & Szegedy, Batch normalization", "arXiv:1502.03167v3, Algorithm 2")

CHANNELS = Partition(
    grouped="one channel of all samples",
    group=channel,
    shared="one of each for every channel, like the running statistics",
    parameter=channel,
)

with evaluate(False):
    unbiased = Layer(
        "unbiased",
        "The running variance is the unbiased one, and momentum the weight of the new batch.",
        TORCH,
        (
            *FORWARD,
            Step(
                "running-mean",
                running_mean_t,
                (1 - momentum) * running_mean + momentum * mu,
            ),
            Step(
                "running-variance",
                running_var_t,
                (1 - momentum) * running_var + momentum * (n / (n - 1) * sigma2),
            ),
        ),
        options=(AFFINE,),
        used_by=("torch.nn.BatchNorm2d", "mlx.nn.BatchNorm", "tinygrad.nn.BatchNorm"),
        since={  # read in releases on PyPI
            "mlx.nn.BatchNorm": "0.32.1",  # kept the biased variance until 0.32.0
            "tinygrad.nn.BatchNorm": "0.9.2",  # BatchNorm2d until 0.9.1, which computes the same
        },
        layout=CHANNELS,
        backward=BACKWARD,
    )

    biased = unbiased.amend(
        "biased",
        FLAX,
        Step(
            "running-mean",
            running_mean_t,
            momentum * running_mean + (1 - momentum) * mu,
        ),
        Step(
            "running-variance",
            running_var_t,
            momentum * running_var + (1 - momentum) * sigma2,
        ),
        summary="The running variance is the biased one, and momentum the weight of the old value.",
        used_by=(
            "flax.linen.BatchNorm",
            "keras.layers.BatchNormalization",
            "onnx BatchNormalization(training_mode=1)",
        ),
        since={
            "flax.linen.BatchNorm": "0.2.1",  # PyPI: no flax.linen in 0.2.0
            "keras.layers.BatchNormalization": "3.0.0",  # PyPI: corrected by n / (n - 1) in 2.3.0
            "onnx BatchNormalization(training_mode=1)": "opset 14",  # Operators.md
        },
    )

    cumulative = unbiased.amend(
        "cumulative",
        NONE,
        Step("running-mean", running_mean_t, (1 - 1 / t) * running_mean + 1 / t * mu),
        Step(
            "running-variance",
            running_var_t,
            (1 - 1 / t) * running_var + 1 / t * (n / (n - 1) * sigma2),
        ),
        summary="The running statistics are the means over all batches so far.",
        used_by=("torch.nn.BatchNorm2d(momentum=None)",),
    )

    fused = unbiased.amend(
        "fused",
        TENSORFLOW,
        Step(
            "running-variance",
            running_var_t,
            (1 - momentum) * running_var + momentum * (n / Max(n - 1, 1) * sigma2),
        ),
        summary="As unbiased, but one element alone has the variance 0.",
        used_by=("tf.raw_ops.FusedBatchNormV3",),
    )

    inference = unbiased.amend(
        "inference",
        PAPER,
        Step("reciprocal", r, 1 / sqrt(running_var + eps)),
        Step("normalize", xhat[i], (x[i] - running_mean) * r),
        summary="The running statistics take the place of the batch's.",
        drop=("mean", "variance", "running-mean", "running-variance"),
        used_by=(
            "torch.nn.BatchNorm2d in eval mode",
            "flax.linen.BatchNorm(use_running_average=True)",
            "keras.layers.BatchNormalization(training=False)",
            "onnx BatchNormalization",
        ),
        since={
            "flax.linen.BatchNorm(use_running_average=True)": "0.2.1",  # no flax.linen in 0.2.0
            "onnx BatchNormalization": "opset 7",  # Changelog.md: is_test until opset 6
        },
        backward=(
            Step("gradient", g[i], BACKWARD[0].value),
            Step("input-gradient", dx[i], r * g[i]),
        ),
    )

RULE = Rule(
    "normalizations/batch_norm",
    __doc__,
    (unbiased, biased, cumulative, fused, inference),
    defaults={
        "torch.nn.BatchNorm2d": {"momentum": "0.1", "eps": "1e-5", "running_var": "1"},
        "mlx.nn.BatchNorm": {"momentum": "0.1", "eps": "1e-5", "running_var": "1"},
        "tinygrad.nn.BatchNorm": {"momentum": "0.1", "eps": "1e-5", "running_var": "1"},
        "flax.linen.BatchNorm": {"momentum": "0.99", "eps": "1e-5", "running_var": "1"},
        "keras.layers.BatchNormalization": {
            "momentum": "0.99",
            "eps": "1e-3",
            "running_var": "1",
        },
        "onnx BatchNormalization": {"momentum": "0.9", "eps": "1e-5"},
        "tf.raw_ops.FusedBatchNormV3": {"momentum": "1.0", "eps": "1e-4"},
    },
    see_also=("normalizations/instance_norm", "normalizations/layer_norm"),
)
