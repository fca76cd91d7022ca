"""Mistakes with the variance that normalizes, its root, and eps."""

from __future__ import annotations

from .alter import where
from .edit import edit, occurs
from .mistake import Mistake

_GITHUB = "https://github.com"
_DEVIATION = "ctx.fdot(d, d) / n"


def _reciprocal(of_variance: str) -> tuple[dict[str, str], ...]:
    """Rewrite the reciprocal root, of the variance by name or by its sum."""
    return tuple({f"1 / ctx.sqrt({v} + eps)": of_variance.format(v)} for v in ("v", _DEVIATION))


VARIANCE = (
    Mistake(
        "unbiased-variance",
        "the variance that normalizes is divided by n - 1, not by n",
        where(
            occurs(_DEVIATION),  # not where it is given
            edit(
                {"1 / ctx.sqrt(v + eps)": "1 / ctx.sqrt(v * len(x) / max(len(x) - 1, 1) + eps)"},
                {f"{_DEVIATION} + eps": "ctx.fdot(d, d) / max(n - 1, 1) + eps"},
            ),
        ),
        links=(
            f"{_GITHUB}/FluxML/Flux.jl/issues/529",
            f"{_GITHUB}/harvardnlp/annotated-transformer/pull/119",
        ),
    ),
    Mistake(
        "summed-variance",
        "the squared deviations are summed up, not averaged",
        where(
            occurs(_DEVIATION),
            edit(
                {"1 / ctx.sqrt(v + eps)": "1 / ctx.sqrt(v * len(x) + eps)"},
                {f"{_DEVIATION} + eps": "ctx.fdot(d, d) + eps"},
            ),
        ),
    ),
    Mistake(
        "not-centred",
        "the mean is not taken off: the root mean square divides, not the deviation",
        edit({"x - mu": "x"}),
    ),
    Mistake(
        "mean-left",
        "x is divided by its deviation, but its mean is not taken off",
        edit({"ctx.store(d * r)": "ctx.store(x * r)"}),
    ),
    Mistake(
        "variance-divides",
        "the variance divides, not its root",
        edit(*_reciprocal("1 / ({} + eps)")),
    ),
    Mistake(
        "variance-squared",
        "the variance is squared where its root should be taken",
        edit(*_reciprocal("1 / (({0} + eps) * ({0} + eps))")),
        links=(f"{_GITHUB}/131250208/TPlinker-joint-extraction/issues/37",),
    ),
    Mistake(
        "deviation-multiplies",
        "x is multiplied by its deviation, not divided",
        edit(*_reciprocal("ctx.sqrt({} + eps)")),
        links=(f"{_GITHUB}/mosaicml/llm-foundry/issues/371",),
    ),
)

EPS_PLACE = (
    Mistake(
        "eps-outside",
        "eps is added to the root, not under it",
        edit(*_reciprocal("1 / (ctx.sqrt({}) + eps)")),
        links=(
            f"{_GITHUB}/hkproj/pytorch-transformer/pull/31",
            f"{_GITHUB}/taokong/group_normalization/issues/1",
            f"{_GITHUB}/pyg-team/pytorch_geometric/pull/2917",
            f"{_GITHUB}/microsoft/CNTK/issues/3816",
        ),
    ),
    Mistake(
        "eps-twice",
        "eps is added under the root and to it",
        edit(*_reciprocal("1 / (ctx.sqrt({} + eps) + eps)")),
    ),
    Mistake(
        "eps-as-floor",
        "the variance is kept above eps; eps is not added",
        edit(*_reciprocal("1 / ctx.sqrt(ctx.max({}, eps))")),
    ),
    Mistake(
        "eps-with-count",
        "eps is added to the number of elements, not to the variance",
        where(
            occurs(_DEVIATION),
            edit(
                {"1 / ctx.sqrt(v + eps)": "1 / ctx.sqrt(v * len(x) / (len(x) + eps))"},
                {f"{_DEVIATION} + eps": "ctx.fdot(d, d) / (n + eps)"},
            ),
        ),
        links=(f"{_GITHUB}/xlite-dev/LeetCUDA/issues/309",),
    ),
)
