"""The tensors that an optimizer holds, whatever library they belong to, and their comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..files.formats import FORMATS, Array
from ..harness.call import BadOutput
from ..harness.judge import show
from .check import Violated


@dataclass(frozen=True)
class Held:
    """A copy of a tensor and the name of the type that it has in its own library.

    Half types are carried by float32.
    """

    type: str
    array: Array


def read(name: str, value: Any) -> Held:
    """Copy a tensor; one that records gradients is detached from them.

    Raises BadOutput for what is not a tensor of real numbers.
    """
    try:
        value = value.detach() if hasattr(value, "detach") else value
        own = value if hasattr(value, "dtype") else np.asarray(value)
        type_name = str(own.dtype).rpartition(".")[2]
        half = FORMATS[type_name].bits == 16 if type_name in FORMATS else False
        array = np.array(value.float() if half and hasattr(value, "float") else value)
    except Exception as error:
        raise BadOutput(f"{name} cannot become an array: {error}") from None
    if half:
        array = array.astype(np.float32)
    if array.dtype.kind not in "fiub":
        raise BadOutput(f"{name} is not a real array but of dtype {array.dtype}")
    return Held(type_name, array)


def same(
    what: str, got: Sequence[Array | None], wanted: Sequence[Array | None], step: int, message: str
) -> None:
    """Compare tensors bit for bit, and raise Violated at the first element that differs."""
    for number, (mine, other) in enumerate(zip(got, wanted, strict=True)):
        name = f"{what} {number}"
        if mine is None or other is None:
            if mine is not other:
                raise Violated(name, message, step, got=_kind(mine), wanted=_kind(other))
            continue
        if mine.shape != other.shape:
            shapes = f"shape {list(mine.shape)}", f"shape {list(other.shape)}"
            raise Violated(name, message, step, got=shapes[0], wanted=shapes[1])
        different = np.argwhere(_bits(mine) != _bits(other))
        if different.size or (mine.ndim == 0 and _bits(mine) != _bits(other)):
            element = tuple(int(i) for i in different[0]) if mine.ndim else ()
            values = _show(mine, element), _show(other, element)
            raise Violated(name, message, step, element, *values)


def _bits(array: Array) -> Any:
    """Return the bit patterns of the numbers in binary64, which holds all of them."""
    return array.astype(np.float64).view(np.int64)


def _show(array: Array, element: tuple[int, ...]) -> str:
    form = FORMATS["float64" if array.dtype == np.float64 else "float32"]
    return show(float(array[element]), form)


def _kind(array: Array | None) -> str:
    return "none" if array is None else "a tensor"
