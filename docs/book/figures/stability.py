"""Where the heavy ball and Nesterov momentum are stable on a quadratic, and how fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from sympy import Expr, Poly, lambdify, solve

from goldenrule.reference.catalogue import forms
from goldenrule.reference.contexts.ieee import IeeeContext
from goldenrule.spec.claims.optimizers.momentum_quadratic import BALL
from goldenrule.spec.claims.optimizers.nesterov_quadratic import NESTEROV
from goldenrule.spec.claims.quadratic import lam, z
from goldenrule.spec.symbols import alpha, beta

from .picture import Picture
from .runs import Array
from .style import Scheme, canvas

DIALECTS = {"momentum": "outside", "nesterov": "shifted"}
POLYNOMIALS = {"momentum": BALL, "nesterov": NESTEROV}
REACH = {"momentum": 4.4, "nesterov": 2.4}
LEVELS = np.linspace(0, 1, 11)


def radius(rule: str, curvature: Array, momentum: Array) -> Array:
    """The spectral radius of one step, whose matrix the reference's own steps make up.

    Both are arrays of one shape; the learning rate is 1.
    """
    function, ctx = forms(f"optimizers/{rule}")[DIALECTS[rule]][0], IeeeContext()
    one, none = np.ones_like(curvature), np.zeros_like(curvature)
    counted = {"t": 2} if rule == "momentum" else {}
    columns = [
        function(ctx, theta, curvature * theta, a, alpha=ctx.scalar(1), beta=momentum, **counted)
        for theta, a in ((one, none), (none, one))
    ]
    matrix = np.array([[column[name] for column in columns] for name in ("theta", "a")])
    return np.abs(np.linalg.eigvals(np.moveaxis(matrix, (0, 1), (-2, -1)))).max(axis=-1)


def curves(expression: Expr) -> list[Callable[[Array], Array]]:
    """Where an expression in alpha lambda and beta is 0: alpha lambda as functions of beta."""
    return [lambdify(beta, root) for root in solve(expression.subs(alpha, 1), lam)]


def boundary(rule: str) -> Callable[[Array], Array]:
    """The largest stable alpha lambda, of which a claim proves that it is where p(-1) = 0."""
    [found] = curves(POLYNOMIALS[rule].subs(z, -1))
    return found


def meeting(rule: str) -> list[Callable[[Array], Array]]:
    """Where the two roots meet: alpha lambda, as functions of beta."""
    a, b, c = Poly(POLYNOMIALS[rule], z).all_coeffs()
    return curves(b**2 - 4 * a * c)


def draw(rule: str, scheme: Scheme) -> Figure:
    """Shades of the radius, the proved boundary, and where the roots meet."""
    x, y = np.meshgrid(np.linspace(0, REACH[rule], 221), np.linspace(0, 1, 201))
    found = radius(rule, x, y)
    figure = canvas(4.3)
    ax = figure.add_subplot()
    fast, slow = scheme.mix(scheme.accent, 0.75), scheme.mix(scheme.accent, 0.04)
    shades = LinearSegmentedColormap.from_list("radius", [fast, slow])
    ax.contourf(x, y, found, LEVELS, cmap=shades)
    lines = ax.contour(x, y, found, LEVELS[2:-1:2], colors=[scheme.text], linewidths=0.5)
    ax.clabel(lines, fmt="%.1f", fontsize=9)
    b = np.linspace(0, 1, 201)
    ax.plot(boundary(rule)(b), b, color=scheme.warning, linewidth=2.2)
    for curve in meeting(rule):
        with np.errstate(invalid="ignore"):
            ax.plot(curve(b) * np.ones_like(b), b, "--", color=scheme.text, linewidth=1)
    ax.set(xlim=(0, REACH[rule]), ylim=(0, 1), xlabel=r"$\alpha \lambda$", ylabel=r"$\beta$")
    ax.grid(visible=False)
    return figure


def _words(rule: str, scheme: Scheme) -> Figure:
    figure = draw(rule, scheme)
    [ax] = figure.axes
    edge = float(boundary(rule)(np.array(0.45)))
    given = {"va": "center", "fontsize": 10.5}
    ax.text(edge + 0.03 * REACH[rule], 0.45, "diverges", color=scheme.warning, **given)
    return figure


PICTURES = {
    "stability-heavy-ball": Picture(
        partial(_words, "momentum"),
        "A map over learning rate times curvature and momentum. The stable region ends on the "
        "right at a slanted line; errors fade fastest in its lower middle.",
        r"The heavy ball on a quadratic of curvature $\lambda$: the shade, and the number on each "
        "line, is the factor by which errors fade in a step, from the reference's own steps. The "
        r"red line is the proved boundary $\alpha \lambda = 2 (1 + \beta)$; between the dashed "
        r"lines both roots are complex, of modulus $\sqrt{\beta}$.",
    ),
    "stability-nesterov": Picture(
        partial(_words, "nesterov"),
        "A map over learning rate times curvature and momentum. The stable region ends on the "
        "right at a bent line, nearer the more momentum there is.",
        r"Nesterov momentum on a quadratic of curvature $\lambda$: the shade, and the number on "
        "each line, is the factor by which errors fade in a step, from the reference's own steps. "
        r"The red line is the proved boundary $\alpha \lambda = 2 (1 + \beta)/(1 + 2 \beta)$: more "
        "momentum allows less learning rate. On dashed lines the two roots meet.",
    ),
}
