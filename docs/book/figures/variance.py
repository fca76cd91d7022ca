"""The variance of one pass and of two in float32, and what is proved of their errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from sympy import lambdify

from goldenrule.reference.contexts.floats import FloatContext
from goldenrule.reference.normalizations.batch_norm import centred
from goldenrule.reference.partitions.arrangements import onepass, welford
from goldenrule.reference.profile import Profile
from goldenrule.spec.claims.normalizations import batch_norm_variance as claims

from .picture import Picture
from .runs import Array
from .style import Scheme, canvas, dots, label

COUNT, TRIALS, SEED = 64, 12, 4
RATIOS = np.geomspace(1, 1e5, 26)
ALGORITHMS: dict[str, Callable[..., Any]] = {
    "two passes": centred,
    "Welford": welford,
    "one pass": onepass,
}


def groups() -> Array:
    """Groups of float32 numbers about means that are so many deviations from 0."""
    noise = np.random.default_rng(SEED).standard_normal((len(RATIOS), TRIALS, COUNT))
    return (noise + RATIOS[:, None, None]).astype(np.float32).astype(np.float64)


def variances(algorithm: str, profile: str) -> Array:
    """The variance of every group, in a format."""
    ctx, text = FloatContext(Profile.parse(profile)), ALGORITHMS[algorithm]
    given = groups().reshape(-1, COUNT).astype(profile)
    found = [text(ctx, x, None, None, ctx.scalar(1))[2] for x in given]
    return np.array(found, dtype=np.float64).reshape(len(RATIOS), TRIALS)


@cache
def errors(algorithm: str) -> Array:
    """How far it is off in float32, of the variance; two passes in float64 stand for exact."""
    exact = variances("two passes", "float64")
    return np.abs(variances(algorithm, "float32") - exact) / exact


def bounds(algorithm: str) -> Array:
    """What the claim `rounded-variance` proves, of the variance."""
    proved = {"two passes": claims.TWO_PASSES, "one pass": claims.ONE_PASS}[algorithm]
    x = groups()
    roundings = (COUNT + 3) * 2.0**-24
    values = {
        claims.kappa: roundings / (1 - roundings),
        claims.sigma2: x.var(axis=-1),
        claims.mean_square: (x * x).mean(axis=-1),
        claims.M: np.abs(x).mean(axis=-1),
    }
    return lambdify(list(values), proved)(*values.values()) / values[claims.sigma2]


def draw(scheme: Scheme) -> Figure:
    """A dot for each group, the largest bound of those with one ratio as a line."""
    figure = canvas(4.2)
    ax = figure.add_subplot()
    colours = dict(
        zip(ALGORITHMS, (scheme.accent, scheme.rules["adadelta"], scheme.warning), strict=True)
    )
    for algorithm, colour in colours.items():
        found = errors(algorithm)
        x = np.broadcast_to(RATIOS[:, None], found.shape)
        dots(ax, x[found > 0], found[found > 0], colour, 2.6, alpha=0.7)
        if algorithm != "Welford":
            ax.plot(RATIOS, bounds(algorithm).max(axis=-1), color=colour)
    ax.axhline(1, color=scheme.muted, linewidth=0.9, linestyle="--")
    label(ax, 1, 2.2, "nothing is right", scheme.muted, fontsize=9.5)
    label(ax, 3e2, 40, "one pass", colours["one pass"], ha="right", xytext=(0, 0))
    label(ax, 1e5, float(errors("Welford")[-1].max()), "Welford", colours["Welford"])
    label(ax, 1e5, float(errors("two passes")[-1].max()), "two passes", colours["two passes"])
    ax.set(xscale="log", yscale="log", xlim=(1, 1e5), ylim=(3e-9, 1e4))
    ax.set(xlabel="mean / standard deviation", ylabel="error / variance")
    return figure


PICTURES = {
    "batch-norm-variance": Picture(
        draw,
        "Errors of three algorithms over the ratio of mean and deviation. One pass loses all "
        "digits from a ratio of a few thousand on, Welford's loses them slowly, two passes hardly "
        "any.",
        f"The variance of {COUNT} float32 numbers by the reference's three algorithms. Dots: the "
        "error of random groups. Lines: the proved bounds of one pass and of two "
        "([claim rounded-variance](/normalizations/batch_norm.md#claim-rounded-variance)). One "
        "pass rounds squares of large numbers, beside which the variance is small; two passes take "
        "the mean off first.",
    )
}
