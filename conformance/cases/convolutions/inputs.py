"""Tensors from which the cases of convolutions are made, and why they look as they do.

Every element is random, seeded by a name, so no two are alike: whatever is exchanged or left out
shows. `numbers` have just the bits of a format, `integers` are so small that sums are exact, and
`decades` range so widely that one element of a sum outweighs all others.
"""

from __future__ import annotations

from math import ldexp, prod
from random import Random

import numpy as np

INF = float("inf")
NAN = float("nan")


def numbers(
    name: str, *shape: int, bits: int = 8, octaves: int = 5, exponent: int = 0
) -> np.ndarray:
    """Numbers of both signs with `bits` significant bits, over octaves below 2 ** exponent."""
    random = Random(name)
    found = []
    for _ in range(prod(shape)):
        mantissa = random.getrandbits(bits) | 1 << (bits - 1) | 1
        scale = exponent - bits - random.randrange(octaves)
        found.append(ldexp(_sign(random) * mantissa, scale))
    return np.array(found).reshape(shape)


def integers(name: str, *shape: int, most: int) -> np.ndarray:
    """Integers from 1 to `most` of both signs; never 0, which hides what it is multiplied with."""
    random = Random(name)
    found = [_sign(random) * random.randint(1, most) for _ in range(prod(shape))]
    return np.array(found, dtype=np.float64).reshape(shape)


def decades(name: str, *shape: int) -> np.ndarray:
    """Numbers of 24 bits over ten decades."""
    return numbers(name, *shape, bits=24, octaves=34, exponent=17)


def spike(name: str, *shape: int, at: tuple[int, ...], to: float) -> np.ndarray:
    """Numbers of 24 bits of which one is huge."""
    x = numbers(name, *shape, bits=24)
    x[at] = to
    return x


def cancelling(name: str, *shape: int) -> np.ndarray:
    """Images of two channels that are each other's negatives, but for the last bits."""
    large = numbers(name, *shape, bits=10, octaves=2)
    large[:, 1] = -large[:, 0]
    return large + numbers(f"{name}/rest", *shape, bits=6, octaves=1, exponent=-9)


def _sign(random: Random) -> int:
    return 1 if random.getrandbits(1) else -1
