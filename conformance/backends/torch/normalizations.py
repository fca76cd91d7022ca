"""torch's normalizations: torch.nn.functional."""

from functools import wraps

from torch import Tensor
from torch.nn import functional

from .layers import Layer, channels_last

Outputs = dict[str, Tensor | None]


def batch_norm(
    x, eps, running_mean=None, running_var=None, momentum=0.0, gamma=None, beta=None
) -> Outputs:
    """F.batch_norm in training; the running statistics change in place."""
    y = functional.batch_norm(x, running_mean, running_var, gamma, beta, True, momentum, eps)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def batch_norm_inference(x, running_mean, running_var, eps, gamma=None, beta=None) -> Outputs:
    """F.batch_norm with the running statistics."""
    return {"y": functional.batch_norm(x, running_mean, running_var, gamma, beta, eps=eps)}


def layer_norm(x, axis, eps, gamma=None, beta=None) -> Outputs:
    """F.layer_norm of the last axes."""
    return {"y": functional.layer_norm(x, x.shape[axis:], gamma, beta, eps)}


def group_norm(x, groups, eps, gamma=None, beta=None) -> Outputs:
    """F.group_norm."""
    return {"y": functional.group_norm(x, groups, gamma, beta, eps)}


def instance_norm(
    x, eps, running_mean=None, running_var=None, momentum=0.0, gamma=None, beta=None
) -> Outputs:
    """F.instance_norm with the statistics of the instances; the running ones change in place."""
    y = functional.instance_norm(x, running_mean, running_var, gamma, beta, True, momentum, eps)
    return {"y": y, "running_mean": running_mean, "running_var": running_var}


def instance_norm_inference(x, running_mean, running_var, eps, gamma=None, beta=None) -> Outputs:
    """F.instance_norm with the running statistics."""
    return {
        "y": functional.instance_norm(x, running_mean, running_var, gamma, beta, False, eps=eps)
    }


def rms_norm(x, axis, eps, gamma=None) -> Outputs:
    """F.rms_norm of the last axes."""
    return {"y": functional.rms_norm(x, x.shape[axis:], gamma, eps)}


def in_channels_last(function):
    """Let a function have an image of two dimensions at least, its channels last in memory."""

    @wraps(function)
    def call(x, **given):
        flat = x.reshape(*x.shape[:2], x.shape[2:].numel(), 1)
        outputs = function(channels_last(x if x.ndim > 3 else flat), **given)
        return {**outputs, "y": outputs["y"].reshape(x.shape)}

    return call


FULL = ("float64", "float32")
# Statistics are saved in the half type. Running averages deviate, because momentum and 1 - momentum
# are rounded to it, too (Normalization.cpp, batch_norm_cpu_update_stats_template, momentum_).
HALF = (*FULL, "bfloat16", "float16")
FUSED = (*FULL, "bfloat16+fused", "float16+fused")
# Over the groups, layer_norm's backward adds up in the half type (layer_norm_kernel.cpp, buffer).
NATIVE = (*FULL, "bfloat16+native", "float16+native")
# With channels last group_norm's variance is E[x^2] - E[x]^2 (group_norm_kernel.cpp,
# GroupNormKernelImplChannelsLastInternal).
ONE_PASS = ("float64+onepass", "float32+onepass")
FUSED_ONE_PASS = (*ONE_PASS, "bfloat16+fused+onepass", "float16+fused+onepass")
HALF_ONE_PASS = (*ONE_PASS, "bfloat16+ftz+onepass", "float16+ftz+onepass")

# fmt: off
FUNCTIONS = (
    Layer("normalizations/batch_norm", "unbiased", batch_norm, HALF, HALF),
    Layer("normalizations/batch_norm", "inference", batch_norm_inference, FUSED, FUSED),
    Layer("normalizations/layer_norm", "elementwise", layer_norm, FUSED, NATIVE),
    Layer("normalizations/group_norm", "contiguous", group_norm, FUSED, HALF),
    Layer("normalizations/instance_norm", "instance", instance_norm, HALF, HALF),
    Layer("normalizations/instance_norm", "running", instance_norm, HALF, HALF),
    Layer("normalizations/instance_norm", "inference", instance_norm_inference, FUSED, NATIVE),
    Layer("normalizations/rms_norm", "paper", rms_norm, FUSED, FUSED),
)
CHANNELS_LAST = (
    Layer("normalizations/batch_norm", "unbiased", in_channels_last(batch_norm), HALF, HALF),
    Layer("normalizations/batch_norm", "inference", in_channels_last(batch_norm_inference),
          FUSED, NATIVE),
    Layer("normalizations/group_norm", "contiguous", in_channels_last(group_norm),
          FUSED_ONE_PASS, HALF_ONE_PASS),
    Layer("normalizations/instance_norm", "instance", in_channels_last(instance_norm), HALF, HALF),
)
# fmt: on
