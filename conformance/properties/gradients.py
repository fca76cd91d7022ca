"""What step() does with the gradients: reads them, and keeps nothing of theirs."""

from __future__ import annotations

from ..harness.call import NotApplicable
from .check import check
from .tensors import read, same
from .trial import Trial


@check("gradients-unchanged", "step() leaves the gradients as they were, bit for bit")
def unchanged(trial: Trial) -> None:
    """Compare the gradients after every step with what they were, in maximizing, too."""
    modes = [{}, {"maximize": True}] if trial.entry.signature.takes("maximize") else [{}]
    for mode in modes:
        optimizer = trial.make(trial.theta, **mode)
        for step, gradients in enumerate(trial.gradients(3), 1):
            optimizer.step(gradients)
            same("gradient", optimizer.gradients(), gradients, step, "was changed by step()")


@check("gradients-not-kept", "overwriting the gradients after step() changes no later step")
def not_kept(trial: Trial) -> None:
    """Overwrite the gradients after every step, as zeroing them in place does."""
    theta, gradients = trial.theta, trial.gradients(4)
    wanted = trial.run(theta, gradients)
    optimizer = trial.make(theta)
    for step, (gradient, expected) in enumerate(zip(gradients, wanted, strict=True), 1):
        optimizer.step(gradient)
        message = "moves as if the overwritten gradient were in the state"
        same("parameter", optimizer.parameters(), expected, step, message)
        for live in optimizer.live_gradients():
            _overwrite(live)
        if any((read("gradient", live).array != 3).any() for live in optimizer.live_gradients()):
            raise NotApplicable("its gradients() are copies")


def _overwrite(gradient: object) -> None:
    try:
        gradient[...] = 3.0  # pyright: ignore[reportIndexIssue]
    except (TypeError, ValueError):
        raise NotApplicable("its gradients cannot be written to") from None
