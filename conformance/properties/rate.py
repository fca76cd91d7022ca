"""A learning rate that changes."""

from __future__ import annotations

from ..files.vector_file import Case
from ..harness.call import NotApplicable
from .check import check
from .tensors import same
from .trial import Trial, follow

RATE = "alpha"


def changes(case: Case) -> bool:
    """Whether the learning rate changes within a case."""
    return len({step.hyper.get(RATE) for step in case.steps}) > 1


@check("rate-change", "a new learning rate holds from the very next step", golden=changes)
def rate(trial: Trial) -> None:
    """Set the rate before the first step: it must be as if the optimizer was made with it."""
    if RATE not in trial.hyper:
        raise NotApplicable(f"takes no {RATE}")
    theta, gradients = trial.theta, trial.gradients(3)
    halved = {**trial.hyper, RATE: trial.hyper[RATE] / 2}
    optimizer = trial.make(theta)
    optimizer.set_hyper(**{RATE: halved[RATE]})
    wanted = trial.run(theta, gradients, halved)
    for step, got in enumerate(follow(optimizer, gradients)):
        message = "moves otherwise than if it was made with this learning rate"
        same("parameter", got, wanted[step], step + 1, message)
