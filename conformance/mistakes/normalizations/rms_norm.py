"""Mistakes with the root mean square, which is not centred, and with gamma."""

from ..affine import GAMMA_IGNORED, PARAMETER_GRADIENT
from ..alter import given, where
from ..edit import edit, occurs
from ..mistake import Mistake

_GITHUB = "https://github.com"
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
        links=(
            f"{_GITHUB}/huggingface/pytorch-image-models/issues/2380",
            f"{_GITHUB}/keras-team/keras/pull/22393",
        ),
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
        links=(f"{_GITHUB}/allenai/OLMo/issues/281",),
    ),
    Mistake(
        "root-multiplies",
        "x is multiplied by the root mean square, not divided",
        edit(*_instead("ctx.sqrt({} + eps)")),
        links=(f"{_GITHUB}/mosaicml/llm-foundry/issues/371",),
    ),
    Mistake(
        "square-divides", "the mean square divides, not its root", edit(*_instead("1 / ({} + eps)"))
    ),
    Mistake(
        "root-twice",
        "the root is taken twice",
        edit(*_instead("1 / ctx.sqrt(ctx.sqrt({}) + eps)")),
        links=(
            f"{_GITHUB}/pytorch/pytorch/issues/139274",
            f"{_GITHUB}/pytorch/pytorch/issues/144377",
        ),
    ),
    Mistake(
        "offset-twice",
        "2 + gamma scales: what is kept as 1 + gamma has 1 added again",
        where(occurs("1 + gamma"), given(gamma=lambda s: 1 + s.gamma)),
        links=(f"{_GITHUB}/utensils/mold/issues/1074",),
    ),
    Mistake(
        "last-axis-only",
        "only the last axis is normalized over, not all from `axis` on",
        edit({"shape[:axis]": "shape[:-1]", "i[:axis]": "i[:-1]"}),
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
