"""Single calls of layers side by side: every dialect with the same input, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile

Array = NDArray[np.float64]
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """What every dialect is given, and in words.

    `variants` holds for a dialect the ways in which it is given something else, each in words.
    """

    words: str
    given: Given
    variants: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)


def drawn(name: str, shape: tuple[int, ...]) -> Array:
    """Draw numbers from N(1, 1), the same ones for the same name."""
    random = Random(name)
    return np.array([random.gauss(1, 1) for _ in range(int(np.prod(shape)))]).reshape(shape)


def compared(rule: str, call: Call) -> Iterator[tuple[str, str, dict[str, float], str]]:
    """Yield the dialects, how each is called, and how far its results are from the first one's.

    Where y has another length nothing is compared, but it may be a part of the first one's y. The
    last is the length of y where dialects differ in it.
    """
    first, *others = catalogue.forms(rule)
    expected = results(rule, first, call.given)
    length = str(expected["y"].shape[-1])
    rows: list[tuple[str, str, dict[str, float], str]] = [(first, "", {}, length)]
    for name in others:
        for words, given in call.variants.get(name, {"": {}}).items():
            found = results(rule, name, {**call.given, **given})
            how = words or _part_of(found["y"], expected["y"], first)
            rows.append((name, how, _apart(found, expected), str(found["y"].shape[-1])))
    same = {row[-1] for row in rows} == {length}
    for name, how, apart, long in rows[same:]:
        yield name, how, apart, "" if same else long


def _apart(found: Mapping[str, Array], expected: Mapping[str, Array]) -> dict[str, float]:
    if found["y"].shape != expected["y"].shape:
        return {}
    return {
        name: float(abs(found[name] - x).max() / abs(x).max())
        for name, x in expected.items()
        if name in found and found[name].shape == x.shape
    }


def _part_of(y: Array, whole: Array, dialect: str) -> str:
    """Say which elements of a dialect's longer y these are, if they are such."""
    count = y.shape[-1]
    for before in range(whole.shape[-1] - count + 1):
        if count < whole.shape[-1] and np.allclose(whole[..., before : before + count], y):
            return f"elements {before + 1} to {before + count} of `{dialect}`"
    return ""


def results(rule: str, dialect: str, given: Given) -> dict[str, Array]:
    """Give all that a dialect returns, forward and backward, of what it takes."""
    outputs = _returned(catalogue.forms(rule)[dialect][0], given)
    dy = drawn("dy", outputs["y"].shape)
    (backward, *_) = catalogue.forms(rule, "gradient")[dialect]
    return outputs | _returned(backward, {**given, "dy": dy})


def _returned(function: Function, given: Given) -> dict[str, Array]:
    """Call a function with what it takes."""
    takes = parameters(function)
    arguments = {
        name: value.astype(object) if isinstance(value, np.ndarray) else value
        for name, value in given.items()
        if name in takes
    }
    outputs = function(FloatContext(Profile.parse("float64")), **arguments)
    return {name: np.array(x, dtype=float) for name, x in outputs.items() if x is not None}
