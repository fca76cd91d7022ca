"""Golden cases in parameters of many sizes (in the child process).

The elements of a case, over and over, fill parameters of odd lengths: every copy of the case must
have the golden values, wherever it lies, in the loop over vectors or behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..files.tensors import Tensor
from ..harness.call import BadOutput
from .driven import Driven
from .trial import Trial

SHAPES = ((), (7,), (33,), (3, 43), (130,))
TOTAL = sum(prod(shape) for shape in SHAPES)

Outputs = dict[str, NDArray]


def place(position: int) -> tuple[int, tuple[int, ...]]:
    """Return the parameter and the element at a position of them all, laid end to end.

    >>> place(0), place(8), place(41 + 43)
    ((0, ()), (2, (0,)), (3, (1, 0)))
    """
    for number, shape in enumerate(SHAPES):
        if position < prod(shape):
            return number, tuple(int(i) for i in np.unravel_index(position, shape))
        position -= prod(shape)
    raise IndexError(position)


def positions(copy: int, size: int) -> NDArray[np.int64]:
    """Return where the elements of a copy are; the last copy borrows from the one before."""
    where = copy * size + np.arange(size)
    return np.where(where < TOTAL, where, where - size)


def run(trial: Trial, case: Mapping[str, Any], names: list[str]) -> Iterator[tuple[int, list]]:
    """Run a case and yield its distinct copies: the number of each, and its outputs per step.

    Without ``set_hyper()`` the run ends where a hyper-parameter changes.
    """
    theta = Tensor.read(case["given"]["theta"]).array(trial.dtype)
    streams: list[Outputs] = []
    optimizer = trial.make(_split(theta))
    hyper = case["steps"][0]["hyper"]
    for step in case["steps"]:
        if changed := {name: x for name, x in step["hyper"].items() if x != hyper[name]}:
            if not optimizer.has("set_hyper"):
                break
            optimizer.set_hyper(**{name: float.fromhex(text) for name, text in changed.items()})
            hyper = step["hyper"]
        optimizer.step(_split(Tensor.read(step["given"]["g"]).array(trial.dtype)))
        streams.append(_streams(optimizer, names))
    where = [positions(copy, theta.size) for copy in range(-(-TOTAL // theta.size))]
    numbers = np.stack([stream for step in streams for stream in step.values()])[:, where]
    distinct = {numbers[:, copy].tobytes(): copy for copy in reversed(range(len(where)))}
    for copy in sorted(distinct.values()):
        yield (
            copy,
            [
                {name: stream[where[copy]].reshape(theta.shape) for name, stream in step.items()}
                for step in streams
            ],
        )


def _split(array: NDArray) -> list[NDArray]:
    """Fill the parameters with an array, over and over."""
    stream = np.resize(array.ravel(), TOTAL)
    ends = np.cumsum([prod(shape) for shape in SHAPES])[:-1]
    parts = np.split(stream, ends)
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def _streams(optimizer: Driven, names: list[str]) -> Outputs:
    """Lay the parameters, and each tensor of the state that all of them have, end to end."""
    tensors = {"theta": dict(enumerate(optimizer.parameters()))}
    if optimizer.has("state"):
        for number, symbol, held in optimizer.state():
            tensors.setdefault(symbol, {})[number] = held.array
    streams: Outputs = {}
    for name, parts in tensors.items():
        if name not in names or len(parts) < len(SHAPES):
            continue
        for number, shape in enumerate(SHAPES):
            if parts[number].shape != shape:
                got = f"shape {list(parts[number].shape)}, not {list(shape)}"
                raise BadOutput(f"{name} of parameter {number} has {got}")
        streams[name] = np.concatenate([parts[number].ravel() for number in range(len(SHAPES))])
    return streams
