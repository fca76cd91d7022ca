"""Numbers for a search: short, so that every format holds them, over many magnitudes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, ...]

_BITS = 8
_POSITIVE = ("v", "u", "v_max", "running_var")
_CENTRE = "m"
HYPER: Mapping[str, tuple[float, ...]] = {
    "alpha": (0.125, 1e-3, 0.01, 0.5, 0.75, 2.0),
    "beta": (0.9, 0.99, 0.875, 0.3),
    "beta1": (0.9, 0.875, 0.3, 0.6),
    "beta2": (0.999, 0.99, 0.96875, 0.7),
    "rho": (0.9, 0.99, 0.95, 0.7),
    "eps": (1e-8, 1e-5, 2.0**-10, 1e-3, 0.25),
    "momentum": (0.1, 0.9, 0.99, 0.3, 0.7),
    "dampening": (0.1, 0.9, 0.75, 0.3),
    "weight_decay": (0.01, 0.0625, 0.3, 0.75),
    "lr_decay": (1e-4, 0.01, 0.3, 0.75),
}
COUNTS = (1, 2, 3, 10, 1000)


@dataclass(frozen=True)
class Draw:
    """A random source of tensors and hyper-parameters."""

    rng: np.random.Generator

    def tensors(self, shapes: Mapping[str, Shape], centred: bool = False) -> dict[str, Floats]:
        """Tensors by name; what is a mean of squares is positive, a centre's square less."""
        found = {name: self._tensor(name, shape) for name, shape in shapes.items()}
        if centred:
            largest = np.sqrt(found["v"]) * self.rng.uniform(-0.99, 0.99, found["v"].shape)
            found[_CENTRE] = np.trunc(largest * 2.0**40) * 2.0**-40
            found[_CENTRE] = _short(found[_CENTRE] * 0.99)
        return found

    def _tensor(self, name: str, shape: Shape) -> Floats:
        scale = 2.0 ** self.rng.integers(-9, 7)
        spread = 2.0 ** self.rng.uniform(-self.rng.integers(0, 11), 2, shape)
        values = spread * scale * self.rng.standard_normal(shape)
        if name == "x" and self.rng.random() < 0.3:
            values = values + scale * self.rng.choice((16.0, 100.0))
        some = self.rng.random(shape)
        values = np.where(some < 0.1, 0.0, np.where(some > 0.9, 1.0, values))
        return _short(abs(values) if name in _POSITIVE else values)

    def hyper(self, before: Mapping[str, float]) -> dict[str, float]:
        """Other hyper-parameters of the same names, no two decay rates alike."""
        while True:
            found = {n: float(self.rng.choice(HYPER.get(n, (x,)))) for n, x in before.items()}
            rates = [x for name, x in found.items() if name.startswith(("beta", "rho"))]
            if len({*rates}) == len(rates):
                return found

    def count(self) -> int:
        """A step count."""
        return int(self.rng.choice(COUNTS))

    def jitter(self, values: Floats) -> Floats:
        """Numbers near others, zeros left alone."""
        return _short(values * 2.0 ** self.rng.uniform(-1, 1, values.shape))


def _short(values: NDArray[Any]) -> Floats:
    man, exp = np.frexp(values)
    return np.ldexp(np.rint(np.ldexp(man, _BITS)), exp - _BITS)
