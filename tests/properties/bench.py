"""Checks of an optimizer object in this process: what the child would answer, at once."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from goldenrule.conformance import Backend
from goldenrule.conformance.harness import wire, worker
from goldenrule.conformance.harness.object_plan import plan_objects
from goldenrule.conformance.harness.object_run import examine
from goldenrule.conformance.harness.plan import Library, Selection
from goldenrule.conformance.harness.property_results import PropertyResult

from .planted.correct import Adam

IMPLEMENTATIONS = ("for-loop", "foreach")
LIBRARIES = {
    rule: Library.open(Selection(rule, dialect))[0]
    for rule, dialect in (("optimizers/adam", "paper"), ("optimizers/momentum", "outside"))
}


class InProcess:
    """A session whose child is this process; what is said goes through the wire's JSON."""

    def __init__(self, backend: Backend) -> None:
        self.backends = [backend]
        self.label = backend.label
        self.target = SimpleNamespace(module=str(Path(__file__)))
        self.backend = wire.read_description(0, json.loads(json.dumps(wire.describe(backend))))

    def ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], float]:
        answer = worker.answer(self.backends, json.loads(json.dumps(request)))
        return json.loads(json.dumps(answer)), 0.0


def results(
    make: type, pattern: str = "*", profile: str = "float32", implementations=IMPLEMENTATIONS
) -> dict[str, PropertyResult]:
    """Check a class and return the results by property."""
    rule, dialect = "optimizers/momentum", "outside"
    if issubclass(make, Adam):
        rule, dialect = "optimizers/adam", "paper"
    backend = Backend("mine")
    backend.optimizer(rule, dialect=dialect, profile=profile, implementations=implementations)(make)
    tasks, problems = plan_objects(
        [InProcess(backend)], LIBRARIES[rule], Selection(rule, dialect, check=pattern)
    )
    assert len(tasks) == 1 and not problems and not tasks[0].reason
    return {check.name: examine(tasks[0], check) for check in tasks[0].checks}
