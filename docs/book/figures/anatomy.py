"""What a bound is like: the errors of float32 Adam in NumPy, and the bounds of each number."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib.figure import Figure

from goldenrule.conformance.backends.numpy.optimizers import adam
from goldenrule.reference.bounds import trajectory_bounds
from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.numbers import ArrayNumbers
from goldenrule.reference.profile import Profile
from goldenrule.reference.run import Problem, Step

from .picture import Picture
from .runs import Array
from .style import Scheme, dots, label, panels

COUNT, DRAWN, SEED, T = 20_000, 1_200, 4, 3
HYPER = {"alpha": 1e-3, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
OUTPUTS = ("theta", "m", "v")


def inputs() -> dict[str, Array]:
    """Float32 numbers of many sizes and both signs; v is a mean of squares."""
    draw = np.random.default_rng(SEED)

    def numbers(low: float, high: float) -> Array:
        sizes = 10 ** draw.uniform(low, high, COUNT) * draw.choice([-1.0, 1.0], COUNT)
        return sizes.astype(np.float32).astype(np.float64)

    given = {"theta": numbers(-7, 2), "m": numbers(-3, 0), "v": numbers(-3, 0), "g": numbers(-2, 1)}
    return given | {"v": np.abs(given["v"]).astype(np.float32).astype(np.float64)}


@cache
def judged() -> dict[str, tuple[Array, Array, Array]]:
    """For each output the exact values (to float64), the errors and the bounds."""
    given = inputs()
    in_float32 = {name: x.astype(np.float32) for name, x in given.items()}
    exact = {name: adam.paper(**given, t=T, **HYPER)[name] for name in OUTPUTS}
    got = {name: adam.paper(**in_float32, t=T, **HYPER)[name] for name in OUTPUTS}
    state = {name: given[name] for name in OUTPUTS}
    problem = Problem(state, [Step({"g": given["g"]}, HYPER)], t=T)
    profile, numbers = Profile.parse("float32"), ArrayNumbers()
    all_forms = forms("optimizers/adam")["paper"]
    [[bounds]] = trajectory_bounds(all_forms, problem, [exact], [profile], numbers)
    return {
        name: (exact[name], np.abs(got[name] - exact[name]), bounds[name].astype(np.float64))
        for name in OUTPUTS
    }


def draw(scheme: Scheme) -> Figure:
    """Errors and bounds of theta over the length of its step; below, the error over the bound."""
    figure, [above, below] = panels(6.4, 2, 1)
    theta, error, bound = (x[:DRAWN] for x in judged()["theta"])
    unit = np.spacing(np.abs(theta).astype(np.float32)).astype(np.float64)
    moved = np.abs(theta / inputs()["theta"][:DRAWN] - 1)
    for values, colour, size in ((error, scheme.accent, 2.4), (bound, scheme.warning, 2.0)):
        some = (values > 0) & (moved > 0)
        dots(above, moved[some], values[some] / unit[some], colour, size)
    above.set(xscale="log", yscale="log", xlim=(1e-6, 1e4), ylim=(2e-3, 1e3))
    above.set(xlabel="length of the step / theta", ylabel="units in the last place")
    above.set_title("new theta: bounds and errors")
    label(above, 3e-6, 1.1, "bounds", scheme.warning, xytext=(0, 4))
    label(above, 3e-6, 6e-3, "errors", scheme.accent, xytext=(0, 0))
    edges = np.linspace(0, 1.1, 45)
    hues = (scheme.accent, scheme.second, scheme.rules["adagrad"])
    for row, (name, hue) in enumerate(zip(OUTPUTS, hues, strict=True)):
        _, error, bound = judged()[name]
        shares, _ = np.histogram(error / bound, edges, weights=np.full(COUNT, 100 / COUNT))
        below.stairs(shares, edges, color=hue, linewidth=1.6)
        text = f"{name}: largest {np.max(error / bound):.2f}"
        below.text(0.62, 0.86 - 0.12 * row, text, color=hue, transform=below.transAxes)
    below.axvline(1, color=scheme.warning, linewidth=1.6)
    below.set(xlim=(0, 1.1), xlabel="error / bound", ylabel="% of the numbers")
    below.set_title(f"error / bound of {COUNT:,} random inputs")
    return figure


PICTURES = {
    "bound-anatomy": Picture(
        draw,
        "Above, a cloud of errors under a cloud of bounds, which are lowest where the step is "
        "short. Below, histograms of error over bound, all short of 1.",
        f"One step of Adam in NumPy, float32, from random states, judged number by number. Above, "
        f"theta for {DRAWN:,} of the inputs: where the step is short beside theta the last "
        "rounding is nearly all there is; where it is long the roundings of the whole step count, "
        "and most where the step cancels theta. Below: no error exceeds its bound, and some come "
        "near it.",
    )
}
