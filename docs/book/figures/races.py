"""The runs that pictures of trajectories show: each rule with a fair learning rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from .landscapes import QUADRATIC, ROSENBROCK, SADDLE, Landscape, quickest
from .runs import Array

RULES: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "sgd": ("l2", {}),
    "momentum": ("outside", {"beta": 0.9}),
    "nesterov": ("shifted", {"beta": 0.9}),
    "adagrad": ("outside", {"eps": 1e-8}),
    "rmsprop": ("outside", {"rho": 0.9, "eps": 1e-8}),
    "adadelta": ("paper", {"rho": 0.9, "eps": 1e-6}),
    "adam": ("paper", {"beta1": 0.9, "beta2": 0.999, "eps": 1e-8}),
}
"""Each rule's dialect and hyper-parameters, but for the learning rate."""
RACERS = tuple(rule for rule in RULES if rule != "adadelta")
RATES = [float(f"{digit}e{exponent}") for exponent in range(-4, 2) for digit in (1, 2, 5)]
QUADRATIC_STEPS, ROSENBROCK_STEPS, SADDLE_STEPS = 40, 300, 100
SADDLE_RATE = 0.1


@dataclass(frozen=True)
class Run:
    """A path, and what to write under it."""

    path: Array
    ending: str


@cache
def best(on: Landscape, steps: int, rule: str) -> Run:
    """The run that comes lowest and never climbs above its start, of many learning rates."""
    dialect, hyper = RULES[rule]
    with np.errstate(over="ignore", invalid="ignore"):
        paths = [on.path(rule, dialect, steps, {**hyper, "alpha": alpha}) for alpha in RATES]
        heights = [_last(on.value(*path.T)) for path in paths]
    lowest = int(np.argmin(heights))
    return Run(paths[lowest], rf"$\alpha = {RATES[lowest]:g}$,  {_height(heights[lowest])}")


@cache
def on_quadratic(rule: str) -> Run:
    """A run with the best parameters, where a claim proves which they are."""
    if rule not in quickest():
        return best(QUADRATIC, QUADRATIC_STEPS, rule)
    dialect, _ = RULES[rule]
    hyper = quickest()[rule]
    path = QUADRATIC.path(rule, dialect, QUADRATIC_STEPS, hyper)
    rate = rf"$\alpha = {hyper['alpha']:.2g}$,  "
    return Run(path, rate + _height(QUADRATIC.value(*path[-1])))


@cache
def on_rosenbrock(rule: str) -> Run:
    """A run through the bent valley."""
    return best(ROSENBROCK, ROSENBROCK_STEPS, rule)


@cache
def on_saddle(rule: str) -> Run:
    """A run that starts beside a saddle."""
    dialect, hyper = RULES[rule]
    path = SADDLE.path(rule, dialect, SADDLE_STEPS, {**hyper, "alpha": SADDLE_RATE})
    return Run(path, f"leaves at step {departure(path)}")


def departure(path: Array) -> int:
    """When a path is halfway from the saddle to the minimum."""
    return int(np.argmax(np.abs(path[:, 1]) > 0.5))


def _last(values: Array) -> float:
    return float(values[-1]) if np.all(values <= values[0]) else np.inf


def _height(value: float) -> str:
    if value >= 0.01:
        return f"$f = {value:.1g}$"
    digits, exponent = f"{value:.0e}".split("e")
    return rf"$f = {digits} \cdot 10^{{{int(exponent)}}}$"
