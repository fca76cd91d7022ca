"""What zero gradients and turned signs must do."""

from __future__ import annotations

import numpy as np

from ..harness.call import NotApplicable
from .check import check
from .tensors import same
from .trial import Trial

DECAY = "weight_decay"


@check("zero-gradient-rests", "zero gradients and no decay move nothing from fresh state")
def zero(trial: Trial) -> None:
    """Take steps with gradients of zeros."""
    theta = trial.theta
    hyper = {name: 0.0 if name == DECAY else value for name, value in trial.hyper.items()}
    zeros = [np.zeros_like(tensor) for tensor in theta]
    for step, got in enumerate(trial.run(theta, [zeros] * 3, hyper), 1):
        same("parameter", got, theta, step, "moves")


@check("maximize-mirrors", "maximizing with a gradient is minimizing with its negative")
def maximize(trial: Trial) -> None:
    """Run both."""
    if not trial.entry.signature.takes("maximize"):
        raise NotApplicable("takes no maximize")
    theta, gradients = trial.theta, trial.gradients(4)
    negative = [[-tensor for tensor in step] for step in gradients]
    wanted = trial.run(theta, negative)
    for step, got in enumerate(trial.run(theta, gradients, maximize=True)):
        message = "moves otherwise than in minimizing"
        same("parameter", got, wanted[step], step + 1, message)
