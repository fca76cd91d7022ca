"""Parameters without a gradient: not yet, or not in this step."""

from __future__ import annotations

from ..files.formats import Array
from .check import check
from .driven import Gradients
from .tensors import same
from .trial import Trial, follow

LATE = slice(1, 3)
"""The parameters that have no gradient where the others have one."""


@check("late-gradient-is-fresh", "a parameter whose first gradient comes late starts from step 1")
def late(trial: Trial) -> None:
    """Let some parameters have no gradient for two steps; then they must move like fresh ones."""
    theta, gradients = trial.theta, trial.gradients(5)
    got = follow(trial.make(theta), [*map(_without, gradients[:2]), *gradients[2:]])
    fresh = trial.run(theta[LATE], [step[LATE] for step in gradients[2:]])
    message = "moves before it has had a gradient"
    _compare(trial, got, [theta[LATE], theta[LATE], *fresh], message, 2)


@check("no-gradient-rests", "a parameter without a gradient stays as it is, and so does its state")
def rests(trial: Trial) -> None:
    """Leave a gradient out in the third step; the others must be taken as if that never was."""
    theta, gradients = trial.theta, trial.gradients(5)
    steps = [*gradients[:2], _without(gradients[2]), *gradients[3:]]
    got = follow(trial.make(theta), steps)
    rest = [step[LATE] for step in gradients]
    moved = trial.run(theta[LATE], [*rest[:2], *rest[3:]])
    _compare(trial, got, [*moved[:2], moved[1], *moved[2:]], "moves without a gradient", 3)


def _compare(
    trial: Trial, got: list[list[Array]], late: list[list[Array]], early: str, until: int
) -> None:
    """Hold all parameters against runs of their own; ``early`` is wrong up to a step."""
    theta, gradients = trial.theta, trial.gradients(5)
    others = trial.run(_others(theta), [_others(step) for step in gradients])
    for step, parameters in enumerate(got):
        wanted = [others[step][0], *late[step], others[step][-1]]
        message = early if step < until else "moves otherwise than if those steps had never been"
        same("parameter", parameters, wanted, step + 1, message)


def _without(gradients: list[Array]) -> Gradients:
    """Leave out the late gradients."""
    return [gradients[0], None, None, gradients[-1]]


def _others(tensors: list[Array]) -> list[Array]:
    return [tensors[0], tensors[-1]]
