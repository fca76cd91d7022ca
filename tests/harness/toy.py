"""A toy rule with vectors of its own: m = beta m + g, theta = theta - alpha m (L2 optional).

Golden values come from exact rational arithmetic; everything within four units in the last place
of the largest input is accepted.
"""

from __future__ import annotations

import json
import struct
import textwrap
from fractions import Fraction
from pathlib import Path
from typing import Any

from goldenrule.conformance.files import hex_float
from goldenrule.conformance.files.canonical import dump
from goldenrule.conformance.files.formats import FORMATS

RULE, DIALECT = "optimizers/toy", "plain"
ALPHA, BETA, DECAY = 0.125, 0.75, 0.0625

BACKEND = """
from goldenrule.conformance import Backend

backend = Backend("mine")

@backend.step("optimizers/toy", dialect="plain", profile=("float64", "float32"))
def toy(theta, g, m, alpha, beta):
    {body}
"""
GOOD = "m = beta * m + g; return {'theta': theta - alpha * m, 'm': m}"


def tensor(values: list[float]) -> dict[str, Any]:
    tokens = [hex_float.render_float(value) for value in values]
    return {"shape": [len(values)], "data": " ".join(tokens)}


def expected(values: list[Fraction], profiles: tuple[str, ...]) -> dict[str, Any]:
    tokens = [hex_float.render(v.numerator, 1 - v.denominator.bit_length()) for v in values]
    accept = {profile: interval(values, profile) for profile in profiles}
    return {"shape": [len(values)], "exact": " ".join(tokens), "accept": accept}


def interval(values: list[Fraction], profile: str) -> dict[str, str]:
    form = FORMATS[profile.partition("+")[0]]
    margin = Fraction(2) ** (3 - form.precision)
    return {
        "lo": " ".join(pattern(value - margin, profile) for value in values),
        "hi": " ".join(pattern(value + margin, profile) for value in values),
        "bound": " ".join(f"{float(margin):.2e}" for _ in values),
    }


def pattern(value: Fraction, profile: str) -> str:
    """Truncate: near enough to rounding inward."""
    if profile == "float64":
        return struct.pack(">d", float(value)).hex()
    bits = struct.pack(">f", float(value)).hex()
    return bits[:4] if profile == "bfloat16" else bits


def case(
    name: str, *, theta: list[float], m: list[float], steps: list[list[float]], decay: bool = False
) -> dict[str, Any]:
    kind = "step" if len(steps) == 1 else "trajectory"
    profiles = ("float64", "float32", "bfloat16") if kind == "step" else ("float64", "float32")
    hyper = {"alpha": ALPHA.hex(), "beta": BETA.hex()}
    if decay:
        hyper["weight_decay"] = DECAY.hex()
    exact_theta, exact_m = [Fraction(x) for x in theta], [Fraction(x) for x in m]
    document_steps = []
    for g in steps:
        total = [
            Fraction(x) + (Fraction(DECAY) * w if decay else 0)
            for x, w in zip(g, exact_theta, strict=True)
        ]
        exact_m = [Fraction(BETA) * a + b for a, b in zip(exact_m, total, strict=True)]
        exact_theta = [w - Fraction(ALPHA) * a for w, a in zip(exact_theta, exact_m, strict=True)]
        outputs = {"theta": expected(exact_theta, profiles), "m": expected(exact_m, profiles)}
        document_steps.append({"given": {"g": tensor(g)}, "hyper": hyper, "expected": outputs})
    return {
        "id": name,
        "kind": kind,
        "comment": "a toy",
        "flags": ["sign"],
        "options": ["weight_decay"] if decay else [],
        "t": 1,
        "given": {"theta": tensor(theta), "m": tensor(m)},
        "steps": document_steps,
    }


def document(rule: str = RULE, dialect: str = DIALECT) -> dict[str, Any]:
    return {
        "schema": "2.0",
        "rule": rule,
        "dialect": dialect,
        "title": "A toy",
        "source": "nobody, nowhere",
        "outputs": ["theta", "m"],
        "profiles": {name: {"format": name} for name in ("float64", "float32", "bfloat16")},
        "flags": {"sign": {"note": "catches a wrong sign", "links": []}},
        "cases": [
            case("step", theta=[0.0, 1.0, -0.5], m=[0.5, -1.0, 0.25], steps=[[1.0, -2.0, 0.5]]),
            case("decay", theta=[1.0, 0.5], m=[0.5, 0.25], steps=[[1.0, 1.0]], decay=True),
            case("run", theta=[1.0, 0.0], m=[0.0, 0.0], steps=[[1.0, 0.5], [-1.0, 0.25]] * 2),
        ],
        "_info": {"generator": "by hand"},
    }


def write(root: Path, content: dict[str, Any] | None = None, text: str | None = None) -> Path:
    """Write a vector file where it belongs and return its path."""
    content = content or document()
    path = root / RULE / f"{DIALECT}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(content) if text is None else text, encoding="utf-8")
    return path


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return the document with one value replaced, or removed if it is None."""
    content = json.loads(json.dumps(document()))
    place = content
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return content


def source(text: str) -> str:
    """Return the text of a backend's file."""
    return "from goldenrule.conformance import Backend\n" + textwrap.dedent(text)
