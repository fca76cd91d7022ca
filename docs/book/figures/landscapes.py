"""The functions of two variables on which pictures let optimizers run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np

from goldenrule.spec.claims.optimizers import momentum_quadratic
from goldenrule.spec.claims.quadratic import L, mu

from .runs import Array, path

CONDITION = 20
_TURN = np.deg2rad(25)
_AXES = np.array([[np.cos(_TURN), -np.sin(_TURN)], [np.sin(_TURN), np.cos(_TURN)]])
HESSIAN = _AXES @ np.diag([1.0, CONDITION]) @ _AXES.T


@dataclass(frozen=True, eq=False)
class Landscape:
    """A function, its gradient, where runs start, the minimum, and what to show of the plane."""

    value: Callable[[Any, Any], Any]
    gradient: Callable[[Array, int], Array]
    start: tuple[float, float]
    minimum: tuple[float, float]
    extent: tuple[float, float, float, float]
    levels: Sequence[float]
    condition: int = 1

    def path(self, rule: str, dialect: str, count: int, hyper: Mapping[str, float]) -> Array:
        """Where a rule goes from the start."""
        return path(rule, dialect, self.gradient, self.start, count, hyper)


@cache
def quickest() -> Mapping[str, Mapping[str, float]]:
    """The parameters with which errors on the quadratic fade fastest, as the claims prove.

    Nesterov momentum's are those of its claim `best-parameters`, gradient descent's are 2/(L + mu).
    """
    given = {mu: 1, L: CONDITION}
    ball = {symbol.name: float(x.subs(given)) for symbol, x in momentum_quadratic.BEST.items()}
    root = sqrt(3 * CONDITION + 1)
    return {
        "sgd": {"alpha": 2 / (CONDITION + 1)},
        "momentum": ball,
        "nesterov": {"alpha": 4 / (3 * CONDITION + 1), "beta": (root - 2) / (root + 2)},
    }


def _quadratic(x: Any, y: Any) -> Any:
    (a, b), (_, d) = HESSIAN
    return (a * x * x + 2 * b * x * y + d * y * y) / 2


def _rosenbrock(x: Any, y: Any) -> Any:
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def _rosenbrock_gradient(theta: Array, _: int) -> Array:
    x, y = theta
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def _saddle(x: Any, y: Any) -> Any:
    return x * x / 2 - y * y / 2 + y**4 / 4


QUADRATIC = Landscape(
    value=_quadratic,
    gradient=lambda theta, _: HESSIAN @ theta,
    start=tuple((_AXES @ [-4.2, 0.75]).tolist()),
    minimum=(0, 0),
    extent=(-4.8, 1.3, -2.7, 1.1),
    levels=np.geomspace(0.05, 120, 10).tolist(),
    condition=CONDITION,
)
ROSENBROCK = Landscape(
    value=_rosenbrock,
    gradient=_rosenbrock_gradient,
    start=(-1.2, 1.0),
    minimum=(1, 1),
    extent=(-1.75, 1.6, -0.5, 2.1),
    levels=np.geomspace(0.1, 2000, 10).tolist(),
)
SADDLE = Landscape(
    value=_saddle,
    gradient=lambda theta, _: theta * np.array([1, theta[1] ** 2 - 1]),
    start=(1.2, 1e-3),
    minimum=(0, 1),
    extent=(-1.0, 1.5, -0.55, 1.45),
    levels=np.linspace(-0.24, 1.4, 13).tolist(),
)
