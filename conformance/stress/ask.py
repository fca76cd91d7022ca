"""Put one trial to a backend in its process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..harness.child import BackendFailure, ChildError, Unavailable
from ..harness.results import Problem
from ..harness.wire import decode_array

TIMEOUT = 120.0
"""Seconds for a trial."""


@dataclass(frozen=True)
class Refused:
    """A backend that does not support what it is asked; `reason` is its own."""

    reason: str


def ask(trial: Any) -> list[dict[str, Any]] | Problem | Refused:
    """Return the outputs of every step, by name.

    A trial has a subject (a declaration in one profile), a family, a case and names of outputs.
    """
    subject = trial.subject
    request = {
        "backend": subject.session.backend.index,
        "entry": subject.entry.index,
        "profile": subject.profile.name,
        "outputs": list(trial.outputs),
        "case": trial.case(),
    }
    where = f"{subject.name}, {trial.family}"
    try:
        answer = subject.session.start().ask(request, TIMEOUT)
    except (ChildError, Unavailable, BackendFailure) as error:
        subject.session.close()
        return Problem(where, str(error), wrong=True)
    if "not_applicable" in answer:
        return Refused(answer["not_applicable"])
    for failure in ("error", "unavailable"):
        if failure in answer:
            return Problem(where, answer[failure], wrong=True)
    return [{name: decode_array(x) for name, x in step.items()} for step in answer["outputs"]]
