"""Parameter groups, and objects beside each other."""

from __future__ import annotations

from .check import check
from .tensors import same
from .trial import Trial, follow


@check("groups-independent", "a parameter moves in one group of two exactly as it does alone")
def groups(trial: Trial) -> None:
    """Give the second group half of every hyper-parameter; run the groups apart, then together."""
    theta, gradients = trial.theta, trial.gradients(4)
    other = {name: value / 2 for name, value in trial.hyper.items()}
    half = len(theta) // 2
    together = trial.make(theta[:half])
    together.add_group(theta[half:], other)
    first = trial.run(theta[:half], [step[:half] for step in gradients])
    second = trial.run(theta[half:], [step[half:] for step in gradients], other)
    message = "moves otherwise than without the other group"
    for step, got in enumerate(follow(together, gradients)):
        same("parameter", got, [*first[step], *second[step]], step + 1, message)


@check("objects-independent", "an optimizer moves as if no other existed, before it or beside it")
def objects(trial: Trial) -> None:
    """Run the same twice, then beside another optimizer with other gradients."""
    theta, gradients = trial.theta, trial.gradients(6)
    mine, others = gradients[:3], gradients[3:]
    wanted = trial.run(theta, mine)
    again = trial.run(theta, mine)
    optimizer, beside = trial.make(theta), trial.make(theta)
    for step, gradient in enumerate(mine):
        message = "moves otherwise in a second run from the start"
        same("parameter", again[step], wanted[step], step + 1, message)
        beside.step(others[step])
        optimizer.step(gradient)
        message = "moves otherwise beside a second optimizer"
        same("parameter", optimizer.parameters(), wanted[step], step + 1, message)
