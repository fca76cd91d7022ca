"""Saving the state and going on from it."""

from __future__ import annotations

from .check import check
from .tensors import same
from .trial import Trial, follow


@check("state-restored", "a run that is saved and restored goes on as if it had not been stopped")
def restored(trial: Trial) -> None:
    """Save after three steps, go on, and only then restore into a new object."""
    theta, gradients = trial.theta, trial.gradients(6)
    optimizer = trial.make(theta)
    follow(optimizer, gradients[:3])
    middle, saved = optimizer.parameters(), optimizer.save()
    wanted = follow(optimizer, gradients[3:])
    other = trial.make(middle)
    other.load(saved)
    message = "moves otherwise than in the run that was not stopped"
    same("parameter", other.parameters(), middle, 3, "is changed by load()")
    for number, got in enumerate(follow(other, gradients[3:])):
        same("parameter", got, wanted[number], number + 4, message)
