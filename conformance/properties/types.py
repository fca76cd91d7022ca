"""The types of what the optimizer holds."""

from __future__ import annotations

from ..files.formats import FORMATS, format_of
from .check import Violated, check
from .driven import Driven
from .trial import Trial


@check("types-kept", "parameters and state keep their shapes and the profile's type, step by step")
def types_kept(trial: Trial) -> str | None:
    """Look at the parameters before the first step, at all after each and once restored."""
    theta, gradients = trial.theta, trial.gradients(3)
    optimizer = trial.make(theta)
    _look(trial, optimizer, 0)
    for step, gradient in enumerate(gradients, 1):
        optimizer.step(gradient)
        _look(trial, optimizer, step)
    if optimizer.has("save") and optimizer.has("load"):
        other = trial.make(optimizer.parameters())
        other.load(optimizer.save())
        _look(trial, other, len(gradients))
    return None if optimizer.has("state") else "of the parameters only: has no state()"


def _look(trial: Trial, optimizer: Driven, step: int) -> None:
    """Look at all tensors; half parameters carried by float32 have a state that is, too."""
    form = format_of(trial.profile) or FORMATS["float64"]
    parameters = optimizer.held_parameters()
    carried = form.bits == 16 and all(held.type == "float32" for held in parameters)
    wanted = "float32" if carried else form.name
    tensors = [(number, "", held) for number, held in enumerate(parameters)]
    if step and optimizer.has("state"):
        tensors += optimizer.state()
    for number, symbol, held in tensors:
        name = f"{symbol} of parameter {number}" if symbol else f"parameter {number}"
        shape = trial.theta[number].shape
        if held.type != wanted:
            raise Violated(name, "is of another type", step, got=held.type, wanted=wanted)
        if held.array.shape != shape:
            got, right = f"shape {list(held.array.shape)}", f"shape {list(shape)}"
            raise Violated(name, "is of another shape", step, got=got, wanted=right)
        if carried and not form.represents(held.array).all():
            message = f"holds numbers that {form.name} does not"
            raise Violated(name, message, step, got=held.type, wanted=form.name)
