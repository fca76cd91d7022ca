"""Tensors from which the cases of normalizations are made, and why they look as they do.

Elements are random, seeded by a name, so no two are alike: whatever is exchanged or grouped
wrongly shows. `numbers` have the bits of a format, `around` lie about a mean that is large for
their spread, `two_values` have a known xhat, so that beta can be made to cancel it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ldexp, prod
from random import Random

import numpy as np

Shape = Sequence[int]

EPS = 2.0**-10
INF = float("inf")
NAN = float("nan")


def numbers(
    name: str,
    shape: Shape,
    *,
    bits: int = 8,
    octaves: int = 3,
    exponent: int = 1,
    positive: bool = False,
) -> np.ndarray:
    """Numbers with `bits` significant bits, over octaves below 2 ** exponent, of both signs."""
    random = Random(name)
    found = []
    for _ in range(prod(shape)):
        mantissa = random.getrandbits(bits) | 1 << (bits - 1) | 1
        scale = exponent - bits - random.randrange(octaves)
        sign = 1 if positive or random.getrandbits(1) else -1
        found.append(ldexp(sign * mantissa, scale))
    return np.array(found).reshape(shape)


def around(name: str, shape: Shape, mean: float, *, grid: int) -> np.ndarray:
    """Multiples of 2 ** -grid about a mean, at a distance of at most 2."""
    random = Random(name)
    most = 2 << grid
    offsets = [ldexp(random.randint(-most, most), -grid) for _ in range(prod(shape))]
    return mean + np.array(offsets).reshape(shape)


def spike(name: str, shape: Shape, *, height: float) -> np.ndarray:
    """Numbers of which the first is huge."""
    x = numbers(name, shape)
    x.flat[0] = height
    return x


def two_values(name: str, shape: Shape) -> np.ndarray:
    """1.5 and -1.5 in random order: where they are balanced, xhat is almost 1 and -1."""
    random = Random(name)
    signs = [random.choice((1.5, -1.5)) for _ in range(prod(shape))]
    return np.array(signs).reshape(shape)
