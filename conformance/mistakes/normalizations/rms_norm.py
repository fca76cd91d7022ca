"""Mistakes with the root mean square, which is not centred, and with gamma."""

from ..edit import edit
from ..mistake import Mistake
from ..normalizing import GAMMA_IGNORED, PARAMETER_GRADIENT

_SQUARE = "ctx.fdot(x, x) / len(x)"
_IN_GRADIENT = "ctx.fdot(x, x) / n"
_DX = "g - xhat * (ctx.fdot(g, xhat) / n)"


def _instead(of_square: str) -> tuple[dict[str, str], ...]:
    """Rewrite the reciprocal root in forward and backward texts alike."""
    return tuple(
        {f"1 / ctx.sqrt({square} + eps)": of_square.format(square)}
        for square in (_SQUARE, _IN_GRADIENT)
    )


_CENTRED = "ctx.fdot(x - ctx.fsum(x) / len(x), x - ctx.fsum(x) / len(x))"

MISTAKES = (
    Mistake(
        "deviation",
        "the deviation divides, not the root mean square",
        edit({"ctx.fdot(x, x)": _CENTRED}),
    ),
    Mistake(
        "centred",
        "the mean is taken off",
        edit(
            {
                "ctx.fdot(x, x)": _CENTRED,
                "x * r": "(x - ctx.fsum(x) / len(x)) * r",
            }
        ),
    ),
    Mistake(
        "sum-of-squares",
        "the sum of squares divides, not their mean",
        edit(
            {_SQUARE: "ctx.fdot(x, x)"},
            {_IN_GRADIENT: "ctx.fdot(x, x)"},
        ),
    ),
    Mistake(
        "eps-outside",
        "eps is added to the root, not under it",
        edit(*_instead("1 / (ctx.sqrt({}) + eps)")),
    ),
    Mistake(
        "eps-as-floor",
        "the mean square is kept above eps; eps is not added",
        edit(*_instead("1 / ctx.sqrt(ctx.max({}, eps))")),
    ),
    Mistake(
        "gamma-not-in-dx", "dx forgets that gamma scales", edit({"ctx.store(dy * gamma)": "dy"})
    ),
    Mistake("projection-missing", "dx forgets that r depends on x", edit({_DX: "g"})),
    Mistake(
        "projection-sign",
        "the term of dx that comes from r has the wrong sign",
        edit({_DX: _DX.replace("-", "+")}),
    ),
    GAMMA_IGNORED,
    *PARAMETER_GRADIENT,
)
