"""The tensors of a vector file: inputs, and golden outputs with their acceptance sets.

Beside them, the attributes of a layer: integers, lists of integers, or lists of pairs.

Numbers stay text until somebody needs them: only the profiles being judged are ever decoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .formats import Array


@dataclass(frozen=True)
class Tensor:
    """An input tensor: its shape and its values as hex floats, flat and row-major."""

    shape: tuple[int, ...]
    data: str

    @staticmethod
    def read(document: Mapping[str, Any]) -> Tensor:
        """Read the tensor of a checked document."""
        return Tensor(tuple(document["shape"]), document["data"])

    def array(self, dtype: np.dtype) -> Array:
        """Return a fresh array of the values, which the type represents exactly."""
        values = [float.fromhex(token) for token in self.data.split()]
        return np.array(values, np.float64).astype(dtype).reshape(self.shape)

    @cached_property
    def is_zero(self) -> bool:
        """Whether every element is zero."""
        return not self.array(np.dtype(np.float64)).any()


def attribute(value: Any) -> Any:
    """Read an attribute of a checked document: lists become tuples.

    >>> attribute([[1, 2], [0, 1]])
    ((1, 2), (0, 1))
    """
    return tuple(map(attribute, value)) if isinstance(value, list) else value


@dataclass(frozen=True)
class Accept:
    """What a profile accepts: per element closed ends (bit patterns) or a class, and the bound."""

    lo: str
    hi: str
    bound: str


@dataclass(frozen=True)
class Expected:
    """A golden output: its certified 160-bit values and what each profile accepts."""

    shape: tuple[int, ...]
    exact: str
    accept: Mapping[str, Accept]

    @staticmethod
    def read(document: Mapping[str, Any]) -> Expected:
        """Read the tensor of a checked document, ``same_as`` resolved."""
        accept: dict[str, Accept] = {}
        for profile, entry in document["accept"].items():
            entry = document["accept"][entry["same_as"]] if "same_as" in entry else entry
            accept[profile] = Accept(entry["lo"], entry["hi"], entry["bound"])
        return Expected(tuple(document["shape"]), document["exact"], accept)
