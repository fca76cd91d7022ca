"""Layers as torch computes them, and their gradients by torch.autograd."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from ... import Backend, Unsupported
from .tensors import Array, data_type, to_array, to_tensor

Tensor = torch.Tensor
Function = Callable[..., Mapping[str, Tensor | None]]

# What torch says when it refuses an input.
REFUSALS = (
    "batch_norm eps must be positive during training",
    "Expected more than 1 value per channel when training",
    "Expected more than 1 spatial element when training",
    "Kernel size can't be greater than actual input size",
    "Padding size should be less than the corresponding input dimension",
    "Padding value causes wrapping around more than once",
    "padding='same' is not supported for strided convolutions",
    "output padding must be smaller than either stride or dilation",
    "Output size is too small",  # of a transposed convolution: empty
)


@dataclass(frozen=True)
class Layer:
    """A dialect of a rule: a function of tensors by their symbols, and the profiles it keeps.

    ``settings`` makes the context in which torch runs it in a profile.
    """

    rule: str
    dialect: str
    function: Function
    forward: tuple[str, ...]
    backward: tuple[str, ...]
    settings: Callable[[str], AbstractContextManager[object]] = nullcontext


def forward(layer: Layer, profile: str, **given: Any) -> dict[str, Array]:
    """Compute the outputs."""
    with refusals(), layer.settings(profile):
        outputs = layer.function(**tensors(given, profile))
    return {name: to_array(tensor) for name, tensor in outputs.items() if tensor is not None}


def backward(layer: Layer, profile: str, dy: Array, **given: Any) -> dict[str, Array]:
    """Compute the gradients of sum(dy * y) from x, the scale and the kernel, and what is added.

    What is added to y is not given, because no gradient depends on it: zeros.
    """
    symbols = inspect.signature(layer.function).parameters
    inputs = tensors({"dy": dy, **given}, profile)
    dy = inputs.pop("dy")
    if "beta" in symbols and "gamma" in inputs:
        inputs["beta"] = torch.zeros_like(inputs["gamma"])
    if "b" in symbols:
        inputs["b"] = dy.new_zeros(dy.shape[1])
    leaves = {name: inputs[name] for name in ("x", "gamma", "beta", "w", "b") if name in inputs}
    for leaf in leaves.values():
        leaf.requires_grad_()
    with refusals(), layer.settings(profile):
        y = layer.function(**inputs)["y"]
        dy = torch.empty_like(y).copy_(dy)  # it lies in memory as y does
        gradients = torch.autograd.grad(y, list(leaves.values()), dy)
    return {f"d{name}": to_array(g) for name, g in zip(leaves, gradients, strict=True)}


def tensors(given: Mapping[str, Any], profile: str) -> dict[str, Any]:
    """Turn the arrays among the values into tensors."""
    dtype = data_type(profile)
    return {
        name: to_tensor(value, dtype) if isinstance(value, np.ndarray) else value
        for name, value in given.items()
    }


@contextmanager
def refusals() -> Iterator[None]:
    """Tell inputs that torch refuses from its failures."""
    try:
        yield
    except (RuntimeError, ValueError) as error:
        if any(refusal in str(error) for refusal in REFUSALS):
            raise Unsupported(str(error).partition("\n")[0]) from None
        raise


def by_rank(kinds: Mapping[int, Any], x: Tensor) -> Any:
    """Return torch's function or module for images of as many axes.

    Raises Unsupported if there is none.
    """
    if x.ndim not in kinds:
        raise Unsupported(f"torch has none for {x.ndim} axes")
    return kinds[x.ndim]


def channels_last(image: Tensor) -> Tensor:
    """Put the channels of an image, or of a kernel, last in memory.

    Raises Unsupported if torch has no memory format for that.
    """
    formats = {4: torch.channels_last, 5: torch.channels_last_3d}
    return image.contiguous(memory_format=by_rank(formats, image))


def add(backend: Backend, layers: Iterable[Layer]) -> None:
    """Declare the layers and their gradients."""
    for layer in layers:
        symbols = ("profile", *inspect.signature(layer.function).parameters)
        for kind, function, profiles, accepts in (
            ("layer", forward, layer.forward, symbols),
            ("gradient", backward, layer.backward, ("dy", *symbols)),
        ):
            if profiles:
                backend.add(
                    layer.rule,
                    dialect=layer.dialect,
                    profile=profiles,
                    function=partial(function, layer),
                    kind=kind,
                    accepts=accepts,
                )
