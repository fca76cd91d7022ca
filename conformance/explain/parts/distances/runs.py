"""Runs of optimizers side by side: every dialect from the same start, with the same gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldenrule.reference import catalogue
from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.profile import Profile

Array = NDArray[np.float64]

ELEMENTS = 16
AFTER = (1, 10, 100, 1000)
DROP = 5
"""The step after which the learning rate falls to a tenth, where it does."""
FRESH = ("m", "v", "u", "a")
"""State that starts at 0; other state belongs to options."""
GIVEN = ("theta", "g", "x", "t", "gradient")


@dataclass(frozen=True)
class Setting:
    """What is run: hyper-parameters, state that switches options on, and the gradients.

    The gradients are drawn, and scaled by `size`; all of them may be the first one again. Or they
    are those of a quadratic at the theta that each dialect holds.
    """

    words: str
    hyper: Mapping[str, float]
    state: tuple[str, ...] = ()
    size: float = 1.0
    falls: bool = False
    is_constant: bool = False
    is_quadratic: bool = False

    def asks(self, function: Function) -> bool:
        """Whether a function takes all that is given, and needs no more."""
        takes = parameters(function)
        given = {*self.hyper, *self.state}
        needs = {name for name, must in takes.items() if must}
        return given <= takes.keys() and needs <= {*given, *FRESH, *GIVEN}


def distances(rule: str, setting: Setting) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield the other dialects with their distances from the first after 1, 10, ... steps.

    A distance is the largest difference of an element, relative to the way of the element that has
    moved furthest. Dialects that cannot be asked are left out.
    """
    first, *others = (
        (name, forms[0]) for name, forms in catalogue.forms(rule).items() if setting.asks(forms[0])
    )
    expected = list(steps(first[1], setting))
    for name, function in others:
        pairs = zip(steps(function, setting), expected, strict=True)
        yield (
            name,
            tuple(float(abs(x - y).max() / abs(y - start(first[1])).max()) for x, y in pairs),
        )


def steps(function: Function, setting: Setting) -> Iterator[Array]:
    """Yield what is compared after 1, 10, ... steps: the parameter, or the average."""
    ctx = FloatContext(Profile.parse("float64"))
    takes = parameters(function)
    hyper = dict(setting.hyper)
    state = {name: np.zeros(ELEMENTS) for name in (*FRESH, *setting.state) if name in takes}
    value = start(function)
    for t in range(1, AFTER[-1] + 1):
        if setting.falls and t == DROP + 1:
            hyper["alpha"] /= 10
        offered = _offered(value, t, setting)
        inputs = {name: offered[name] for name in offered if name in takes}
        with np.errstate(invalid="ignore"):
            outputs = function(ctx, **inputs, **state, **hyper)
        state |= {name: outputs[name] for name in state if outputs.get(name) is not None}
        value = outputs["theta" if "theta" in takes else "average"]
        if t in AFTER:
            yield value


def _offered(value: Array, t: int, setting: Setting) -> dict[str, Array | int | Callable[..., Any]]:
    """Give what comes with a step."""
    drawn = setting.size * GRADIENTS[0 if setting.is_constant else t - 1]
    drawn = _slope(value) if setting.is_quadratic else drawn
    return {"theta": value, "g": drawn, "x": drawn, "t": t, "gradient": _slope}


def start(function: Function) -> Array:
    """The parameters at the start; what has none, an average, starts at 0."""
    return START if "theta" in parameters(function) else np.zeros(ELEMENTS)


def _slope(theta: Array) -> Array:
    """The gradient of a quadratic whose curvatures lie between 1/16 and 1."""
    return theta * np.arange(1, ELEMENTS + 1) / ELEMENTS


def _drawn(name: str, mean: float, count: int) -> Array:
    random = Random(name)
    return np.array([[random.gauss(mean, 1) for _ in range(ELEMENTS)] for _ in range(count)])


START: Array = _drawn("theta", 0, 1)[0]
GRADIENTS = _drawn("gradients", 1, AFTER[-1])
