"""torch.optim on the CPU, in its three implementations: for-loop, foreach and fused.

The optimizers are driven as a training loop drives them: the state is put into
``optimizer.state``, hyper-parameters that change go into ``param_groups``, as schedulers do, and
each gradient into ``parameter.grad``.

Source: PyTorch 2.13.0, torch/optim/{sgd,adagrad,rmsprop,adadelta,adam,adamw,swa_utils}.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from torch.optim import SGD, Adadelta, Adagrad, Adam, AdamW, Optimizer, RMSprop
from torch.optim.swa_utils import get_ema_avg_fn, get_ema_multi_avg_fn

from ... import Backend
from ..table import bare, declare
from .tensors import Array, data_type, to_array

Outputs = dict[str, Array]


@dataclass(frozen=True)
class Dialect:
    """How torch spells one dialect of a rule; symbols that end in ``?`` belong to an option."""

    rule: str
    name: str
    optimizer: Callable[..., Optimizer]
    arguments: Mapping[str, str]  # torch's name of each hyper-parameter: symbol, or two of them
    state: Mapping[str, str]  # symbol: key of the optimizer's state
    switches: Mapping[str, str] = field(default_factory=dict)  # torch's name: on if symbol is given
    constants: Mapping[str, Any] = field(default_factory=dict)


L2 = {"weight_decay": "weight_decay?"}
VELOCITY = {"a": "momentum_buffer"}
MOMENTS = {"m": "exp_avg", "v": "exp_avg_sq", "v_max?": "max_exp_avg_sq"}
ADAM = {"lr": "alpha", "betas": "beta1 beta2", "eps": "eps"}

# fmt: off
DIALECTS = (
    Dialect("sgd", "l2", SGD, {"lr": "alpha", **L2}, {}),
    Dialect("momentum", "outside", SGD,
            {"lr": "alpha", "momentum": "beta", "dampening": "dampening?", **L2}, VELOCITY),
    Dialect("nesterov", "shifted", SGD,
            {"lr": "alpha", "momentum": "beta", **L2}, VELOCITY, constants={"nesterov": True}),
    Dialect("adagrad", "outside", Adagrad,
            {"lr": "alpha", "lr_decay": "lr_decay?", "eps": "eps", **L2}, {"a": "sum"}),
    Dialect("rmsprop", "outside", RMSprop,
            {"lr": "alpha", "alpha": "rho", "eps": "eps", "momentum": "beta?", **L2},
            {"v": "square_avg", "m?": "grad_avg", "b?": "momentum_buffer"}, {"centered": "m"}),
    Dialect("adadelta", "paper", Adadelta,
            {"lr": "alpha", "rho": "rho", "eps": "eps", **L2},
            {"v": "square_avg", "u": "acc_delta"}),
    Dialect("adam", "paper", Adam, {**ADAM, **L2}, MOMENTS, {"amsgrad": "v_max"}),
    Dialect("adamw", "before", AdamW,
            {**ADAM, "weight_decay": "weight_decay"}, MOMENTS, {"amsgrad": "v_max"}),
)
# fmt: on

FULL = ("float64", "float32")
HALF = ("bfloat16", "float16")
FUSED_HALF = ("bfloat16+fused", "float16+fused")

# The fused half-type kernels of SGD and Adagrad are not declared, because the vector code of 2.13.0
# is wrong: SGD's never writes the parameters and misreads the velocity, and both round
# hyper-parameters to the half type. https://github.com/pytorch/pytorch/issues/191763, fixed by
# https://github.com/pytorch/pytorch/pull/192545.
FUSED = {SGD: FULL, Adagrad: FULL, Adam: FULL + FUSED_HALF, AdamW: FULL + FUSED_HALF}

# As many elements as the widest vector loop takes at once (two registers of 32 half numbers).
BLOCK = 64


def lengthen(array: Array, dtype: torch.dtype) -> torch.Tensor:
    """Put zeros before the array's elements, so that the first half of them ends a whole block.

    The dozen elements of a case, alone, would only see the scalar code that handles the end of a
    vector. Here vector code handles the first half of them.
    """
    start = -((array.size + 1) // 2) % BLOCK
    vector = torch.zeros(start + array.size, dtype=dtype)
    vector[start:] = torch.tensor(array.ravel())
    return vector


def shorten(vector: torch.Tensor, shape: tuple[int, ...]) -> Array:
    """Return the elements that ``lengthen`` put there; half types become float32."""
    return to_array(vector[len(vector) - int(np.prod(shape)) :].reshape(shape))


def keywords(dialect: Dialect, step: SimpleNamespace) -> dict[str, Any]:
    """Return torch's arguments for the hyper-parameters of a step; an option not given is 0."""
    values: dict[str, Any] = {}
    for name, symbols in dialect.arguments.items():
        first, *others = [getattr(step, bare(symbol), 0.0) for symbol in symbols.split()]
        values[name] = (first, *others) if others else first
    return values


def drive(
    dialect: Dialect,
    path: Mapping[str, bool],
    theta: Array,
    steps: list[SimpleNamespace],
    profile: str,
    t: int,
    **given: Any,
) -> Iterator[Outputs]:
    """Run an optimizer from the given state; yield the tensors after every step."""
    dtype = data_type(profile)
    parameter = torch.nn.Parameter(lengthen(theta, dtype))
    switches = {name: symbol in given for name, symbol in dialect.switches.items()}
    arguments = keywords(dialect, steps[0])
    optimizer = dialect.optimizer([parameter], **arguments, **switches, **dialect.constants, **path)
    keys = {bare(s): key for s, key in dialect.state.items() if bare(s) in given}
    state = optimizer.state[parameter]
    # Before its first step an optimizer has no state: it makes its own, of zeros. SGD has no
    # velocity to dampen then.
    if t > 1 or ("dampening" not in given and any(given[symbol].any() for symbol in keys)):
        state["step"] = torch.tensor(float(t - 1))
        state.update({key: lengthen(given[symbol], dtype) for symbol, key in keys.items()})
    for step in steps:
        optimizer.param_groups[0].update(keywords(dialect, step))
        parameter.grad = lengthen(step.g, dtype)
        optimizer.step()
        tensors = {"theta": parameter, **{symbol: state[key] for symbol, key in keys.items()}}
        yield {name: shorten(tensor, theta.shape) for name, tensor in tensors.items()}


def average(
    foreach: bool, v: Array, steps: list[SimpleNamespace], profile: str, **_: float
) -> Iterator[Outputs]:
    """Run the averaging function of AveragedModel; yield the average after every value."""
    dtype = data_type(profile)
    tensor = lengthen(v, dtype)
    for step in steps:
        x = lengthen(step.x, dtype)
        if foreach:
            get_ema_multi_avg_fn(step.beta)([tensor], [x], None)
        else:
            tensor = get_ema_avg_fn(step.beta)(tensor, x, None)
        yield {"v": shorten(tensor, v.shape)}


def add(backend: Backend, path: Mapping[str, bool]) -> None:
    """Declare what one of the implementations computes."""
    for dialect in DIALECTS:
        profiles = FUSED.get(dialect.optimizer, ()) if "fused" in path else FULL + HALF
        if profiles:
            hyper = " ".join(dialect.arguments.values()).split()
            symbols = ("theta", "steps", "profile", "t", *dialect.state, *hyper)
            function: Callable[..., Iterator[Outputs]] = partial(drive, dialect, path)
            declare(backend, dialect.rule, dialect.name, profiles, symbols, function)
    if "foreach" in path:
        symbols = ("v", "steps", "profile", "t", "beta")
        function = partial(average, path["foreach"])
        declare(backend, "ewma", "uncorrected", FULL + HALF, symbols, function)
