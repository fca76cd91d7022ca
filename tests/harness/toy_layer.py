"""A toy layer with vectors of its own: every stride-th element of x times gamma, its gradient, and
a state that averages the first elements of batches.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from . import toy

RULE, DIALECT = "normalizations/toy", "plain"
PROFILES = ("float64", "float32")

BACKEND = """
import numpy as np
from goldenrule.conformance import Backend, Unsupported

backend = Backend("mine")

@backend.layer("normalizations/toy", dialect="plain", profile="float64")
def forward({takes}):
    {forward}

@backend.gradient("normalizations/toy", dialect="plain", profile="float64")
def backward(dy, x, gamma):
    {backward}
"""
TAKES = "x, gamma, stride, running=None"
FORWARD = """
    y = x[::stride[0]] * gamma
    return {'y': y, 'running': None if running is None else (running + x[:1]) / 2}
"""
BACKWARD = "return {'dx': dy * gamma, 'dgamma': (dy * x).sum(keepdims=True)}"


def source(takes: str = TAKES, forward: str = FORWARD, backward: str = BACKWARD) -> str:
    text = BACKEND.replace("{takes}", takes)
    return text.replace("{forward}", forward).replace("{backward}", backward)


def case(name: str, kind: str, steps: list[dict[str, Any]], **given: list[float]) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "comment": "a toy",
        "flags": ["sign"],
        "options": [],
        "t": 1,
        "given": {name: toy.tensor(values) for name, values in given.items()},
        "steps": steps,
    }


def step(
    given: dict[str, list[float]], outputs: dict[str, list[Fraction]], **attributes: Any
) -> dict[str, Any]:
    document = {
        "given": {name: toy.tensor(values) for name, values in given.items()},
        "hyper": {},
        "expected": {name: toy.expected(values, PROFILES) for name, values in outputs.items()},
    }
    return document | ({"attributes": attributes} if attributes else {})


def forward(x: list[float], stride: int, running: Fraction | None = None) -> dict[str, Any]:
    outputs = {"y": [Fraction(value) / 2 for value in x[::stride]]}
    if running is not None:
        outputs["running"] = [running]
    return step({"x": x, "gamma": [0.5]}, outputs, stride=[stride], padding=[[0, 0]])


def backward() -> dict[str, Any]:
    dy, x = [1.0, -2.0, 0.5], [0.25, 1.0, -1.0]
    outputs = {"dx": [Fraction(v) / 2 for v in dy], "dgamma": [Fraction(-9, 4)]}
    return step({"dy": dy, "x": x, "gamma": [0.5]}, outputs)


def empty() -> dict[str, Any]:
    document = forward([], 1)
    for tensor in (document["given"]["x"], document["expected"]["y"]):
        tensor["shape"] = [0, 3]
    return document


def document() -> dict[str, Any]:
    batches = [forward([2.0, 4.0], 1, Fraction(2)), forward([1.0, 8.0], 1, Fraction(3, 2))]
    return toy.document(RULE, DIALECT) | {
        "outputs": ["y", "running", "dx", "dgamma"],
        "profiles": {name: {"format": name} for name in PROFILES},
        "cases": [
            case("whole", "layer", [forward([1.0, -0.5, 3.0], 1)]),
            case("strided", "layer", [forward([1.0, -0.5, 3.0], 2)]),
            case("empty", "layer", [empty()]),
            case("batches", "layer", batches, running=[2.0]),
            case("backward", "gradient", [backward()]),
        ],
    }


def write(root: Path, content: dict[str, Any] | None = None) -> Path:
    path = root / RULE / f"{DIALECT}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toy.dump(content or document()), encoding="utf-8")
    return path
