"""The normalizations of flax.linen and flax.nnx, and their gradients by jax.vjp.

Flax keeps the channels last, divides running variances by n and weighs the old statistics with
``momentum``; epsilon, the parameters and the statistics are those of the case. Half types: it
computes in float32, and keeps running statistics in float32; they are rounded here. The gradient
with respect to x is the sum of two parts that are each rounded to the half type.

Source: flax 0.12.8, flax/linen/normalization.py and flax/nnx/nn/normalization.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import flax.linen
import flax.nnx
import jax
import numpy as np

from ... import Backend
from .arrays import Array, channels_first, channels_last, to_jax, to_numpy

Tensors = Mapping[str, Any]
Outputs = dict[str, Any]
Static = tuple[tuple[str, Any], ...]  # arguments that are no tensors
Apply = Callable[["Layer", dict[str, Any], Tensors], Outputs]


@dataclass(frozen=True)
class Layer:
    """How Flax spells one dialect of a rule."""

    rule: str
    dialect: str
    module: str
    given: str  # beside x, gamma, beta and eps: statistics, hyper-parameters, attributes
    arguments: Callable[[SimpleNamespace], dict[str, Any]]  # from x, what is given, and the rank
    channels_last: bool = True
    has_beta: bool = True
    has_variance: bool = True  # which it may compute in one pass


def trailing(s: SimpleNamespace) -> dict[str, Any]:
    """Normalize, and scale, over the axes from ``axis`` on."""
    axes = tuple(range(s.axis, s.x.ndim))
    return {"reduction_axes": axes, "feature_axes": axes}


# fmt: off
LAYERS = (
    Layer("batch_norm", "biased", "BatchNorm", "running_mean running_var momentum",
          lambda s: {"use_running_average": False, "momentum": getattr(s, "momentum", 0.99)}),
    Layer("batch_norm", "inference", "BatchNorm", "running_mean running_var",
          lambda _: {"use_running_average": True}, has_variance=False),
    Layer("layer_norm", "elementwise", "LayerNorm", "axis",
          trailing, channels_last=False),
    Layer("layer_norm", "feature", "LayerNorm", "axis",
          lambda s: {**trailing(s), "feature_axes": -1}, channels_last=False),
    Layer("group_norm", "contiguous", "GroupNorm", "groups",
          lambda s: {"num_groups": s.groups}),
    Layer("instance_norm", "instance", "InstanceNorm", "",
          lambda _: {}),
    Layer("rms_norm", "paper", "RMSNorm", "axis",
          trailing, channels_last=False, has_beta=False, has_variance=False),
)
# fmt: on

STATISTICS = {"running_mean": "mean", "running_var": "var"}
PARAMETERS = {"gamma": "scale", "beta": "bias"}


def apply_linen(layer: Layer, arguments: dict[str, Any], tensors: Tensors) -> Outputs:
    """Call a module of flax.linen; return y, and the statistics if they are given."""
    module = getattr(flax.linen, layer.module)(**arguments)
    variables = {
        "params": {name: tensors[s] for s, name in PARAMETERS.items() if s in tensors},
        "batch_stats": {name: tensors[s] for s, name in STATISTICS.items() if s in tensors},
    }
    y, updated = module.apply(variables, tensors["x"], mutable=["batch_stats"])
    statistics = updated.get("batch_stats", {})
    return {"y": y, **{s: statistics[name] for s, name in STATISTICS.items() if s in tensors}}


def apply_nnx(layer: Layer, arguments: dict[str, Any], tensors: Tensors) -> Outputs:
    """Call a module of flax.nnx, which keeps its parameters flat, in one axis."""
    initial = {
        f"{name}_init": lambda *_, tensor=tensors[s]: tensor.reshape(-1)
        for s, name in PARAMETERS.items()
        if s in tensors
    }
    features = tensors["gamma"].size if "gamma" in tensors else tensors["x"].shape[-1]
    module = getattr(flax.nnx, layer.module)(
        features, **arguments, **initial, rngs=flax.nnx.Rngs(0)
    )
    given = {s: name for s, name in STATISTICS.items() if s in tensors}
    for s, name in given.items():
        getattr(module, name)[...] = tensors[s]
    y = module(tensors["x"])
    return {"y": y, **{s: getattr(module, name)[...] for s, name in given.items()}}


LINEN: Apply = apply_linen
NNX: Apply = apply_nnx


def prepare(layer: Layer, profile: str, given: dict[str, Any]) -> tuple[Static, dict[str, Any]]:
    """Return the module's arguments but epsilon, and the tensors as it takes them."""
    arguments = {
        "use_scale": "gamma" in given,
        **({"use_bias": "gamma" in given} if layer.has_beta else {}),
        **({"use_fast_variance": "onepass" in profile} if layer.has_variance else {}),
        **layer.arguments(SimpleNamespace(**given)),
    }
    tensors = {}
    for name, value in given.items():
        if name in STATISTICS:
            tensors[name] = value
        elif isinstance(value, np.ndarray):
            moved = channels_last(value) if layer.channels_last and name in ("x", "dy") else value
            tensors[name] = to_jax(moved, profile)
    return tuple(arguments.items()), tensors


def results(layer: Layer, profile: str, outputs: Outputs) -> dict[str, Array]:
    """Return the outputs as the rule has them, channels first."""
    arrays = {name: to_numpy(value, profile) for name, value in outputs.items()}
    if layer.channels_last:
        moved = {name: channels_first(arrays[name]) for name in ("y", "dx") if name in arrays}
        return {**arrays, **moved}
    return arrays


@partial(jax.jit, static_argnums=(0, 1, 2))
def outputs_of(layer: Layer, apply: Apply, static: Static, eps: Any, tensors: Tensors) -> Outputs:
    """Compute y, and the new running statistics if there are any."""
    return apply(layer, {**dict(static), "epsilon": eps}, tensors)


@partial(jax.jit, static_argnums=(0, 1, 2))
def gradients_of(
    layer: Layer, apply: Apply, static: Static, eps: Any, tensors: Tensors, variables: Tensors
) -> Outputs:
    """Compute the gradients of sum(dy * y) with respect to the variables."""

    def y(variables: Tensors) -> Any:
        arguments = {**dict(static), "epsilon": eps}
        return apply(layer, arguments, {**tensors, **variables})["y"]

    (gradients,) = jax.vjp(y, variables)[1](tensors["dy"])
    return {f"d{name}": value for name, value in gradients.items()}


def forward(layer: Layer, apply: Apply, *, profile: str, **given: Any) -> dict[str, Array]:
    """Return y, and the new running statistics."""
    static, tensors = prepare(layer, profile, given)
    outputs = outputs_of(layer, apply, static, given["eps"], tensors)
    return results(layer, profile, outputs if "momentum" in given else {"y": outputs["y"]})


def backward(layer: Layer, apply: Apply, *, profile: str, **given: Any) -> dict[str, Array]:
    """Return the gradients of sum(dy * y) with respect to x, gamma and beta."""
    static, tensors = prepare(layer, profile, given)
    variables = {name: tensors.pop(name) for name in ("x", "gamma") if name in tensors}
    if layer.has_beta and "gamma" in variables:
        variables["beta"] = np.zeros_like(variables["gamma"])
    gradients = gradients_of(layer, apply, static, given["eps"], tensors, variables)
    return results(layer, profile, gradients)


def profiles_of(layer: Layer, base: str, *, half: bool) -> dict[str, list[str]]:
    """Return the profiles of the forward and of the backward function."""
    variances = ("", "+onepass") if layer.has_variance else ("",)
    whole = [f"{base}+ftz"]
    forwards = [*whole, *(("bfloat16+ftz+fused", "float16+fused") if half else ())]
    backwards = [*whole, *(("bfloat16+ftz", "float16") if half else ())]
    if layer.dialect == "inference":
        backwards = forwards  # x does not reach any statistics
    return {
        "layer": [f"{way}{variance}" for way in forwards for variance in variances],
        "gradient": [f"{way}{variance}" for way in backwards for variance in variances],
    }


def add_normalizations(backend: Backend, apply: Apply, base: str, *, half: bool = False) -> None:
    """Declare what Flax computes."""
    for layer in LAYERS:
        profiles = profiles_of(layer, base, half=half)
        symbols = ("x", "gamma", "beta", "eps", *layer.given.split(), "profile")
        for kind, function in (("layer", forward), ("gradient", backward)):
            backend.add(
                f"normalizations/{layer.rule}",
                dialect=layer.dialect,
                profile=tuple(profiles[kind]),
                function=partial(function, layer, apply),
                kind=kind,
                accepts=symbols if kind == "layer" else (*symbols, "dy"),
            )
