"""Mistakes with what normalizations share: variance, eps, affine parameters and gradients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function, parameters
from goldenrule.reference.normalizations.batch_norm import inference

from .alter import computed, given, not_updated, returned, takes, where
from .edit import edit, occurs
from .mistake import Mistake, Transform
from .passes import forward

_DEVIATION = "ctx.fdot(d, d) / n"


def _backward(alter: Transform) -> Transform:
    """Alter gradients only."""
    return where(takes("dy"), alter)


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
        edit(
            {"1 / ctx.sqrt(v + eps)": "1 / (v + eps)"},
            {f"1 / ctx.sqrt({_DEVIATION} + eps)": f"1 / ({_DEVIATION} + eps)"},
        ),
    ),
)

EPS_PLACE = (
    Mistake(
        "eps-outside",
        "eps is added to the root, not under it",
        edit(
            {"1 / ctx.sqrt(v + eps)": "1 / (ctx.sqrt(v) + eps)"},
            {f"1 / ctx.sqrt({_DEVIATION} + eps)": f"1 / (ctx.sqrt({_DEVIATION}) + eps)"},
        ),
    ),
    Mistake(
        "eps-as-floor",
        "the variance is kept above eps; eps is not added",
        edit(
            {"1 / ctx.sqrt(v + eps)": "1 / ctx.sqrt(ctx.max(v, eps))"},
            {f"1 / ctx.sqrt({_DEVIATION} + eps)": f"1 / ctx.sqrt(ctx.max({_DEVIATION}, eps))"},
        ),
    ),
)

GAMMA_IGNORED = Mistake(
    "gamma-ignored", "gamma is ignored", forward(given(gamma=lambda s: 0 * s.gamma + 1))
)

AFFINE = (
    Mistake(
        "swapped-affine",
        "gamma and beta are exchanged",
        given(gamma=lambda s: s.beta, beta=lambda s: s.gamma),
    ),
    GAMMA_IGNORED,
    Mistake("beta-ignored", "beta is ignored", given(beta=lambda s: 0 * s.beta)),
    Mistake("gamma-from-1", "1 + gamma scales, not gamma", given(gamma=lambda s: 1 + s.gamma)),
    Mistake(
        "beta-first", "beta is added before gamma scales", given(beta=lambda s: s.gamma * s.beta)
    ),
)

_DX = "g - ctx.fsum(g) / n - xhat * (ctx.fdot(g, xhat) / n)"

GRADIENT = (
    Mistake(
        "gamma-not-in-dx",
        "dx forgets that gamma scales",
        edit(
            {"ctx.store(dy * gamma)": "dy"},
            {"ctx.store(dy * weight)": "dy"},
        ),
    ),
    Mistake(
        "mean-term-missing",
        "dx forgets that the mean depends on x",
        edit({_DX: "g - xhat * (ctx.fdot(g, xhat) / n)"}),
    ),
    Mistake(
        "projection-missing",
        "dx forgets that the variance depends on x",
        edit({_DX: "g - ctx.fsum(g) / n"}),
    ),
    Mistake("statistics-constant", "dx forgets that the moments depend on x", edit({_DX: "g"})),
    Mistake(
        "projection-sign",
        "the term of dx that comes from the variance has the wrong sign",
        edit({_DX: "g - ctx.fsum(g) / n + xhat * (ctx.fdot(g, xhat) / n)"}),
    ),
    Mistake("mean-term-sum", "means in dx are sums", edit({_DX: _DX.replace(" / n", "")})),
)

PARAMETER_GRADIENT = (
    Mistake(
        "dgamma-from-x",
        "dgamma is made from x, not from xhat",
        edit({"(dx, xhat)": "(dx, x)"}, {"[xhat]": "[x]"}),
    ),
    Mistake(
        "dgamma-averaged",
        "the gradients of gamma and beta are means over the elements that share them, not sums",
        _backward(
            computed(
                dgamma=lambda s, out: out["dgamma"] * out["dgamma"].size / max(s.x.size, 1),
                dbeta=lambda s, out: out["dbeta"] * out["dbeta"].size / max(s.x.size, 1),
            )
        ),
    ),
    Mistake(
        "dgamma-scaled",
        "dgamma is multiplied by gamma",
        where(takes("dy", "gamma"), computed(dgamma=lambda s, out: out["dgamma"] * s.gamma)),
    ),
)


def _inferred(s: SimpleNamespace, mean: Any, variance: Any) -> Any:
    """What inference makes of some moments."""
    gamma, beta = getattr(s, "gamma", None), getattr(s, "beta", None)
    return inference(s.ctx, s.x, mean, variance, gamma, beta, eps=s.eps)["y"]


def averages(function: Function) -> bool:
    """Whether a function keeps running averages."""
    return takes("x", "running_mean")(function) and not (
        {"momentum", "t"}.isdisjoint(parameters(function))
    )


RUNNING = (
    Mistake(
        "running-for-batch",
        "y is made with the running moments, as in inference",
        where(averages, computed(y=lambda s, _: _inferred(s, s.running_mean, s.running_var))),
    ),
    Mistake(
        "updated-for-batch",
        "y is made with the running moments, after their update",
        where(
            averages,
            computed(y=lambda s, out: _inferred(s, out["running_mean"], out["running_var"])),
        ),
    ),
    Mistake(
        "momentum-complement",
        "momentum weighs the old where it should weigh the new, or the other way round",
        given(momentum=lambda s: 1 - s.momentum),
    ),
    Mistake(
        "running-variance-biased",
        "the running average is that of the biased variance",
        edit({"v * n / (n - 1)": "v"}, {"v * n / max(n - 1, 1)": "v"}),
    ),
    Mistake(
        "running-mean-not-updated",
        "the running mean stays",
        where(averages, not_updated("running_mean")),
    ),
    Mistake(
        "running-variance-not-updated",
        "the running variance stays",
        where(averages, not_updated("running_var")),
    ),
    Mistake(
        "eps-in-running",
        "eps is added to the running variance",
        where(averages, returned(running_var=lambda s, out: out["running_var"] + s.eps)),
    ),
    Mistake(
        "running-swapped",
        "running mean and variance are exchanged",
        given(running_mean=lambda s: s.running_var, running_var=lambda s: s.running_mean),
    ),
)

SHARED = (*VARIANCE, *EPS_PLACE, *AFFINE, *GRADIENT, *PARAMETER_GRADIENT)
