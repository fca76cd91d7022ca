"""Hyper-parameters of a trial: dyadic, decimal, or with all the bits of binary64."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

_DYADIC = {
    "alpha": (0.125, 1.0, 2.0**-10),
    "beta": (0.75, 0.875, 0.25),
    "beta1": (0.875, 0.5, 0.25),
    "beta2": (0.96875, 0.75, 1 - 2.0**-10),
    "rho": (0.875, 0.5, 0.96875),
    "eps": (2.0**-10, 2.0**-20, 2.0**-5),
    "weight_decay": (0.0625, 0.5),
    "dampening": (0.25, 0.875),
    "lr_decay": (0.5, 0.0625),
}
_DECIMAL = {
    "alpha": (1e-3, 3e-4, 0.1),
    "beta": (0.9, 0.99, 0.3),
    "beta1": (0.9, 0.95, 0.3),
    "beta2": (0.999, 0.99, 0.6),
    "rho": (0.9, 0.99, 0.4),
    "eps": (1e-8, 1e-10, 1e-3),
    "weight_decay": (0.01, 0.1),
    "dampening": (0.1, 0.9),
    "lr_decay": (0.1, 1e-3),
}

NAMES = frozenset(_DECIMAL)
COUNTS = (1, 2, 3, 10, 1000)


def draw(rng: np.random.Generator, names: Iterable[str]) -> dict[str, float]:
    """Choose all hyper-parameters of one kind; decay rates below 1/2 are among them."""
    kind = rng.integers(3)
    table = _DECIMAL if kind else _DYADIC
    chosen = {name: float(rng.choice(table[name])) for name in sorted(names)}
    if kind == 2:
        return {name: value * rng.uniform(0.99, 1) for name, value in chosen.items()}
    return chosen


def draw_count(rng: np.random.Generator) -> int:
    """Choose the count of a step."""
    return int(rng.choice(COUNTS))
