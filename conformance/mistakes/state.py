"""State that is stale, forgotten or never updated, and updates that are something else."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from goldenrule.reference.catalogue import Function, parameters

from . import restate
from .alter import Change, chain, moving, not_updated, nothing, returned, takes, where
from .edit import stale
from .mistake import VELOCITIES, Mistake, Transform, dashed

_GITHUB = "https://github.com"
_STATE = ("m", "v", "u", "a", "b", "v_max")


def _every_state(alter: Callable[[str], Transform], at_least: int) -> Transform:
    def transform(function: Function) -> Function | None:
        states = [state for state in _STATE if state in parameters(function)]
        return chain(*map(alter, states))(function) if len(states) >= at_least else None

    return transform


def _descending(along: Change) -> Transform:
    """Descend along something else, whatever the state is kept for."""
    step = returned(theta=lambda s, _: s.theta - s.alpha * along(s))
    return where(takes("g", "alpha"), step)


def _sign_of_gradient(s: SimpleNamespace) -> Any:
    """The sign, exactly: clipped to [-1, 1] between multiplications, down to 2^-1074."""
    x = s.g
    for scale in (1, *[2**100] * 11):
        x = s.ctx.max(-s.ctx.max(-(scale * x), -1), -1)
    return x


STATE = (
    *(
        Mistake(
            f"stale-{dashed(x)}",
            f"the update uses {x} from before the step",
            stale(x),
            links=(f"{_GITHUB}/mdenil/dropout/issues/4",) if x == "a" else (),
        )
        for x in ("m", "v", "a", "b", "v_max")
    ),
    *(
        Mistake(f"{dashed(x)}-not-updated", f"{x} is returned as it was given", not_updated(x))
        for x in _STATE
    ),
    Mistake("state-not-updated", "no state is ever updated", _every_state(not_updated, 2)),
    Mistake(
        "state-forgotten",
        "every step starts from a state of zeros",
        _every_state(nothing, 1),
        links=(f"{_GITHUB}/kozistr/pytorch_optimizer/pull/516",),
    ),
    Mistake("start-ignored", "the run starts from zeros, not as given", restate=restate.from_zero),
)

UPDATES = (
    *(
        Mistake(
            "gradient-for-momentum",
            f"the update uses the gradient in place of {state}",
            moving(where(takes(state), nothing(decay))),
        )
        for decay, state in VELOCITIES
    ),
    *(
        Mistake(
            "square-for-average",
            "the update uses the gradient's square in place of v",
            moving(nothing(decay)),
        )
        for decay in ("beta2", "rho")
    ),
    Mistake("plain-descent", "the update is alpha g, without the rest", _descending(lambda s: s.g)),
    Mistake("sign-descent", "the update is alpha sign(g)", _descending(_sign_of_gradient)),
    Mistake("no-update", "the parameter does not move", not_updated("theta")),
    Mistake(
        "update-for-parameter",
        "the update is returned, not the parameter it leads to",
        returned(theta=lambda s, out: out["theta"] - s.theta),
    ),
)
