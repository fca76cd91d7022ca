"""Put one trial to a backend in its process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from ..harness.child import BackendFailure, ChildError, Unavailable
from ..harness.results import Problem
from ..harness.wire import decode_array

TIMEOUT = 120.0
"""Seconds for a trial."""

Outputs = list[dict[str, NDArray]]


@dataclass(frozen=True)
class Refused:
    """A backend that does not support what it is asked; `reason` is its own."""

    reason: str


Answer = Outputs | Problem | Refused


def ask(trial: Any) -> Answer:
    """Return the outputs of every step, by name, in the right shape, type and format.

    A trial has a subject (a declaration in one profile), a name, a case, and the names and shapes
    of the outputs.
    """
    subject = trial.subject
    request = {
        "backend": subject.session.backend.index,
        "entry": subject.entry.index,
        "profile": subject.profile.name,
        "outputs": list(trial.outputs),
        "case": trial.case(),
    }
    try:
        answer = subject.session.start().ask(request, TIMEOUT)
    except (ChildError, Unavailable, BackendFailure) as error:
        subject.session.close()
        return Problem(trial.name, str(error), wrong=True)
    if "not_applicable" in answer:
        return Refused(answer["not_applicable"])
    for failure in ("error", "unavailable"):
        if failure in answer:
            return Problem(trial.name, answer[failure], wrong=True)
    outputs = [{name: decode_array(x) for name, x in step.items()} for step in answer["outputs"]]
    if wrong := _misfit(trial, outputs):
        return Problem(trial.name, wrong, wrong=True)
    return outputs


def _misfit(trial: Any, outputs: Outputs) -> str:
    """Say what is wrong with the shape, the type or the format of an output, if anything is."""
    target = trial.subject.format
    for name, array in ((name, array) for step in outputs for name, array in step.items()):
        shape = trial.outputs[name] or array.shape
        if array.dtype != target.dtype or array.shape != shape:
            return f"{name} is {array.dtype} {array.shape}, not {target.dtype} {shape}"
        if not target.represents(array).all():
            return f"{name} holds numbers that are not {target.name}'s"
    return ""
