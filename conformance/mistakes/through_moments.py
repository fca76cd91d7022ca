"""Mistakes with the gradient of x, which comes through mean and variance, too."""

from __future__ import annotations

from .edit import edit
from .mistake import Mistake

_GITHUB = "https://github.com"
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
        "mean-term-twice",
        "the mean of the gradient is taken off dx twice",
        edit({_DX: "g - 2 * ctx.fsum(g) / n - xhat * (ctx.fdot(g, xhat) / n)"}),
        links=(f"{_GITHUB}/tenstorrent/tt-metal/pull/53215",),
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
    Mistake(
        "deviation-not-in-dx",
        "dx is not divided by the deviation",
        edit({f"r * ({_DX})": _DX}),
    ),
)
