"""Normalizations, forward.

Group normalization takes the variance in one pass, unclamped, in float32 unless ``stash_type``
says otherwise.

Source: onnx 1.23.2, docs/Operators.md; onnxruntime 1.31.1, onnxruntime/core/providers/cpu/nn.
"""

from onnx import TensorProto

from ... import Unsupported
from .model import backend, run, single

FULL = ("float32", "float64", "float16+fused")
SINGLE = ("float32", "float16+fused")
BROADCAST = ("float32", "float64+onepass", "float16+fused")
ONE_PASS = ("float32+onepass", "float64+onepass", "float16+fused+onepass")


@backend.layer("normalizations/batch_norm", dialect="biased", profile=FULL)
def batch_norm(x, gamma, beta, running_mean, running_var, momentum, eps, profile):
    """Training; ``momentum`` is the weight of the old statistics."""
    constants = {
        "s": gamma,
        "b": beta,
        "running_mean_0": running_mean,
        "running_var_0": running_var,
    }
    attributes = {"epsilon": single("epsilon", eps, profile), "training_mode": 1}
    attributes["momentum"] = single("momentum", momentum)
    outputs = ("y", "running_mean", "running_var")
    return run("BatchNormalization", profile, x, constants, outputs, **attributes)


@backend.layer("normalizations/batch_norm", dialect="inference", profile=FULL)
def batch_norm_inference(x, gamma, beta, running_mean, running_var, eps, profile):
    """Inference, from the given statistics."""
    constants = {"s": gamma, "b": beta, "mean": running_mean, "var": running_var}
    epsilon = single("epsilon", eps, profile)
    return run("BatchNormalization", profile, x, constants, epsilon=epsilon)


@backend.layer("normalizations/layer_norm", dialect="elementwise", profile=FULL)
def layer_norm(x, gamma, axis, eps, profile, beta=None):
    """Scale and bias of the normalized shape."""
    attributes = {"axis": axis, "epsilon": single("epsilon", eps, profile)}
    return run("LayerNormalization", profile, x, {"s": gamma, "b": beta}, **attributes)


@backend.layer("normalizations/layer_norm", dialect="feature", profile=BROADCAST)
def layer_norm_broadcast(x, gamma, axis, eps, profile, beta=None):
    """Scale and bias that are broadcast: another kernel, one pass in float64 for every type."""
    return layer_norm(x, gamma, axis, eps, profile, beta)


@backend.layer("normalizations/rms_norm", dialect="paper", profile=FULL)
def rms_norm(x, gamma, axis, eps, profile):
    """RMSNormalization of opset 23."""
    attributes = {"axis": axis, "epsilon": single("epsilon", eps, profile)}
    return run("RMSNormalization", profile, x, {"s": gamma}, **attributes)


def group_norm(x, gamma, beta, groups, eps, profile, **attributes):
    """A function of ONNX, which the session expands."""
    attributes |= {"num_groups": groups, "epsilon": single("epsilon", eps, profile)}
    return run("GroupNormalization", profile, x, {"s": gamma, "b": beta}, **attributes)


# Plain float32 is earned with stash_type=DOUBLE only; the default, FLOAT, earns float32+onepass.
@backend.layer("normalizations/group_norm", dialect="contiguous", profile=("float32", *ONE_PASS))
def group_norm_per_channel(x, gamma, beta, groups, eps, profile):
    """Scale and bias per channel, since opset 21; in float32 with statistics in float64, too."""
    wide = profile in ("float32", "float64+onepass")
    stash = TensorProto.DOUBLE if wide else TensorProto.FLOAT
    return group_norm(x, gamma, beta, groups, eps, profile, stash_type=stash)


@backend.layer("normalizations/group_norm", dialect="group_affine", profile=ONE_PASS)
def group_norm_per_group(x, gamma, beta, groups, eps, profile):
    """Scale and bias per group, in opset 18."""
    return group_norm(x, gamma, beta, groups, eps, profile, opset=18)


@backend.layer("normalizations/instance_norm", dialect="instance", profile=SINGLE)
def instance_norm(x, gamma, beta, eps, profile):
    """Of float32 and float16 only."""
    if x.ndim < 3:
        raise Unsupported(f"number of dimensions is less than 3: {x.ndim}")
    return run("InstanceNormalization", profile, x, {"s": gamma, "b": beta}, epsilon=eps)
