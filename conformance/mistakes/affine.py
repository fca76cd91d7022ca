"""Mistakes with gamma and beta, and with their gradients."""

from __future__ import annotations

from .alter import computed, given, takes, where
from .edit import edit
from .mistake import Mistake
from .passes import backward, forward

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

PARAMETER_GRADIENT = (
    Mistake(
        "dgamma-from-x",
        "dgamma is made from x, not from xhat",
        edit({"(dx, xhat)": "(dx, x)"}, {"[xhat]": "[x]"}),
    ),
    Mistake(
        "dgamma-averaged",
        "the gradients of gamma and beta are means over the elements that share them, not sums",
        backward(
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
