"""Families of values: tensors drawn at random, each family hard in its own way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...files.formats import Format

Array = NDArray[np.float64]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """Random numbers for a format; `eps` of the rule, and what all tensors have in common."""

    rng: np.random.Generator
    format: Format
    eps: float
    offset: float

    @property
    def tiny(self) -> float:
        """The least normal number."""
        return 2.0**self.format.min_exponent

    def sign(self, shape: Shape) -> Array:
        """-1 or 1."""
        return self.rng.choice([-1.0, 1.0], shape)


def normal(source: Source, shape: Shape) -> Array:
    """N(0, 1)."""
    return source.rng.standard_normal(shape)


def offset(source: Source, shape: Shape) -> Array:
    """Unit deviation about a mean of 100, 1000 or 10000."""
    return source.offset + source.rng.standard_normal(shape)


def constant(source: Source, shape: Shape) -> Array:
    """One number everywhere."""
    return np.full(shape, source.sign(()) * 10 ** source.rng.uniform(-2, 4))


def spike(source: Source, shape: Shape) -> Array:
    """N(0, 1) with a large first or last element."""
    values = source.rng.standard_normal(shape)
    end = source.rng.integers(-1, 1)
    values.flat[end] = source.sign(()) * 2 ** source.rng.uniform(4, 14)
    return values


def small(source: Source, shape: Shape) -> Array:
    """A deviation about the root of eps."""
    scale = np.sqrt(source.eps) * 10 ** source.rng.uniform(-1, 1)
    return scale * source.rng.standard_normal(shape)


def decades(source: Source, shape: Shape) -> Array:
    """Magnitudes log-uniform over fifteen decades (float16: four)."""
    reach = max(min(25.0, -0.2 * source.format.min_exponent), 6.0)
    return source.sign(shape) * 2.0 ** source.rng.uniform(-reach, reach, shape)


def cancelling(source: Source, shape: Shape) -> Array:
    """Numbers and their negatives, nearly, in any order."""
    count = int(np.prod(shape))
    half = source.rng.standard_normal(-(-count // 2)) * 10 ** source.rng.uniform(0, 3)
    nudges = source.rng.integers(-4, 5, half.size) * 2.0**-source.format.precision
    values = np.concatenate([half, -half * (1 + nudges)])[:count]
    return source.rng.permutation(values).reshape(shape)


def integers(source: Source, shape: Shape) -> Array:
    """Small integers."""
    return source.rng.integers(-8, 9, shape).astype(np.float64)


def underflow(source: Source, shape: Shape) -> Array:
    """Subnormal numbers, or numbers with subnormal products."""
    return source.sign(shape) * source.tiny ** source.rng.uniform(0.4, 1.05, shape)


Family = Callable[[Source, Shape], Array]
FAMILIES: Mapping[str, Family] = {
    family.__name__: family
    for family in (
        normal,
        offset,
        constant,
        spike,
        small,
        decades,
        cancelling,
        integers,
        underflow,
    )
}
