"""torch's normalizations: the modules of torch.nn."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from .layers import Layer, by_rank
from .normalizations import FUSED, HALF, NATIVE, Outputs

BATCH_NORM = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}
INSTANCE_NORM = {3: nn.InstanceNorm1d, 4: nn.InstanceNorm2d, 5: nn.InstanceNorm3d}


def call(module: nn.Module, x: Tensor, **tensors: Tensor | None) -> Outputs:
    """Call a module with these parameters and buffers; running statistics change in place."""
    given = {name: tensor for name, tensor in tensors.items() if tensor is not None}
    y = functional_call(module, given, x)
    return {"y": y, **{name: given[name] for name in given if name.startswith("running_")}}


def tracking(kinds: dict[int, Any], x, momentum, eps, gamma, running_mean) -> nn.Module:
    """Return a module that may keep running statistics."""
    return by_rank(kinds, x)(
        x.shape[1],
        eps,
        momentum,
        affine=gamma is not None,
        track_running_stats=running_mean is not None,
        dtype=x.dtype,
    )


def batch_norm_module(
    x, eps, running_mean=None, running_var=None, momentum=0.0, gamma=None, beta=None
) -> Outputs:
    """BatchNorm1d, 2d or 3d in training."""
    module = tracking(BATCH_NORM, x, momentum, eps, gamma, running_mean)
    statistics = {"running_mean": running_mean, "running_var": running_var}
    return call(module, x, weight=gamma, bias=beta, **statistics)


def batch_norm_module_cumulative(
    x, eps, running_mean=None, running_var=None, t=1, gamma=None, beta=None
) -> Outputs:
    """BatchNorm1d, 2d or 3d in training, without a momentum: it counts the batches."""
    module = tracking(BATCH_NORM, x, None, eps, gamma, running_mean)
    statistics = {"running_mean": running_mean, "running_var": running_var}
    if running_mean is not None:
        statistics["num_batches_tracked"] = torch.tensor(t - 1)
    return call(module, x, weight=gamma, bias=beta, **statistics)


def batch_norm_module_inference(
    x, running_mean, running_var, eps, gamma=None, beta=None
) -> Outputs:
    """BatchNorm1d, 2d or 3d in evaluation."""
    module = tracking(BATCH_NORM, x, 0.0, eps, gamma, running_mean).eval()
    statistics = {"running_mean": running_mean, "running_var": running_var}
    return {"y": call(module, x, weight=gamma, bias=beta, **statistics)["y"]}


def layer_norm_module(x, axis, eps, gamma=None, beta=None) -> Outputs:
    """LayerNorm."""
    module = nn.LayerNorm(x.shape[axis:], eps, gamma is not None, dtype=x.dtype)
    return call(module, x, weight=gamma, bias=beta)


def group_norm_module(x, groups, eps, gamma=None, beta=None) -> Outputs:
    """GroupNorm."""
    module = nn.GroupNorm(groups, x.shape[1], eps, gamma is not None, dtype=x.dtype)
    return call(module, x, weight=gamma, bias=beta)


def instance_norm_module(
    x, eps, running_mean=None, running_var=None, momentum=0.0, gamma=None, beta=None
) -> Outputs:
    """InstanceNorm1d, 2d or 3d in training."""
    module = tracking(INSTANCE_NORM, x, momentum, eps, gamma, running_mean)
    statistics = {"running_mean": running_mean, "running_var": running_var}
    return call(module, x, weight=gamma, bias=beta, **statistics)


def instance_norm_module_inference(
    x, running_mean, running_var, eps, gamma=None, beta=None
) -> Outputs:
    """InstanceNorm1d, 2d or 3d in evaluation."""
    module = tracking(INSTANCE_NORM, x, 0.0, eps, gamma, running_mean).eval()
    statistics = {"running_mean": running_mean, "running_var": running_var}
    return {"y": call(module, x, weight=gamma, bias=beta, **statistics)["y"]}


def rms_norm_module(x, axis, eps, gamma=None) -> Outputs:
    """RMSNorm."""
    module = nn.RMSNorm(x.shape[axis:], eps, gamma is not None, dtype=x.dtype)
    return call(module, x, weight=gamma)


# fmt: off
MODULES = (
    Layer("normalizations/batch_norm", "unbiased", batch_norm_module, HALF, HALF),
    Layer("normalizations/batch_norm", "cumulative", batch_norm_module_cumulative, HALF, HALF),
    Layer("normalizations/batch_norm", "inference", batch_norm_module_inference, FUSED, FUSED),
    Layer("normalizations/layer_norm", "elementwise", layer_norm_module, FUSED, NATIVE),
    Layer("normalizations/group_norm", "contiguous", group_norm_module, FUSED, HALF),
    Layer("normalizations/instance_norm", "instance", instance_norm_module, HALF, HALF),
    Layer("normalizations/instance_norm", "running", instance_norm_module, HALF, HALF),
    Layer("normalizations/instance_norm", "inference", instance_norm_module_inference,
          FUSED, NATIVE),
    Layer("normalizations/rms_norm", "paper", rms_norm_module, FUSED, FUSED),
)
# fmt: on
