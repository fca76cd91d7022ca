"""The child's answer to a request about an optimizer object."""

from __future__ import annotations

from typing import Any

from ..backend import Unsupported
from ..harness.call import NotApplicable
from ..optimizer_object import ObjectEntry
from . import CHECKS, golden
from .check import Violated
from .trial import Setting, Trial


def experiment(entry: ObjectEntry, request: dict[str, Any]) -> dict[str, Any]:
    """Run a check's experiment under every setting, up to the first that violates it."""
    run = next(check.experiment for check in CHECKS if check.name == request["property"])
    assert run
    notes: list[str] = []
    refused: list[str] = []
    for document in request["settings"]:
        setting = Setting.read(document)
        trial = Trial(entry, request["profile"], request["implementation"], setting)
        try:
            notes.append(run(trial) or "")
        except Violated as violated:
            return {"violated": {**vars(violated), "options": setting.options}}
        except (NotApplicable, Unsupported) as reason:
            refused.append(str(reason))
    if not notes:
        return {"not_applicable": refused[0]}
    return {"holds": notes[0]}


def copies(entry: ObjectEntry, request: dict[str, Any]) -> list[tuple[int, list[golden.Outputs]]]:
    """Run a golden case; return its distinct copies.

    Raises NotApplicable, Unsupported, or whatever the object raises.
    """
    setting = Setting.read(request["setting"])
    trial = Trial(entry, request["profile"], request["implementation"], setting)
    return list(golden.run(trial, request["case"], request["outputs"]))
