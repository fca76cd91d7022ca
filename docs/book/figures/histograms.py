"""How near to their bounds the real backends come: a histogram for each framework."""

from collections import Counter

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from goldenrule.spec.catalogue import FAMILIES

from ..scoreboard.run import FRAMEWORKS, Run, stored
from .picture import Picture
from .style import Scheme, panels

OCTAVES = 10
"""Errors below 2^-10 of the bound share a bar."""
EXACT, LESS = -2 * OCTAVES - 3, -2 * OCTAVES - 1
"""Where the bars of exact cases and of smaller errors stand, in half octaves of error/bound."""


def counts(run: Run, framework: str, family: str) -> Counter[int]:
    """Count accepted cases by the left end of their bar, in half octaves; 0 is the bound."""
    found: Counter[int] = Counter()
    for entry in run.entries:
        if entry.framework == framework and entry.rule.startswith(f"{family}/"):
            for octave, cases in entry.octaves.items():
                found[_place(octave)] += cases
    return found


def _place(octave: str) -> int:
    if octave == "exact":
        return EXACT
    return -int(octave) - 1 if int(octave) < 2 * OCTAVES else LESS


def draw(scheme: Scheme) -> Figure:
    """Draw a panel for each framework, families one upon another."""
    figure, axes = panels(5.6, 2, 2)
    run = stored()
    colours = dict(
        zip(FAMILIES, (scheme.accent, scheme.second, scheme.rules["adagrad"]), strict=True)
    )
    for ax, (framework, name) in zip(axes, FRAMEWORKS.items(), strict=True):
        _panel(ax, run, framework, colours)
        ax.set_title(name)
        ax.axvline(0, color=scheme.text, linewidth=1)
    axes[0].set_ylabel("cases")
    axes[2].set_ylabel("cases")
    for ax in axes[2:]:
        ax.set_xlabel("worst error / bound of a case")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=3, frameon=False)
    return figure


def _panel(ax: Axes, run: Run, framework: str, colours: dict[str, str]) -> None:
    below: Counter[int] = Counter()
    for family, colour in colours.items():
        found = counts(run, framework, family)
        places = sorted(found)
        heights = [found[place] for place in places]
        bottoms = [below[place] for place in places]
        ax.bar(places, heights, 0.9, bottoms, align="edge", color=colour, label=family)
        below.update(found)
    ticks = {EXACT + 0.45: "0", -14: "1/128", -8: "1/16", -4: "1/4", 0: "1"}
    ax.set_xticks([*ticks], [*ticks.values()])
    ax.set_xlim(EXACT - 1, 1.5)
    ax.grid(False, axis="x")
    ax.set_axisbelow(True)


PICTURES = {
    "error-over-bound": Picture(
        draw,
        "Four histograms, for NumPy, PyTorch, JAX and ONNX Runtime: most errors lie between a "
        "thirtieth of the bound and the bound, none beyond it; a high bar at the left is exact.",
        "Accepted cases by their worst error as a fraction of the bound, in half octaves; at 0 "
        "those without any error, beside them those below 1/1024. The line is the bound.",
    )
}
