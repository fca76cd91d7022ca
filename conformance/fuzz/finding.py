"""A trial that a backend fails, and what is left of it after shrinking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenrule.reference.catalogue import Function

from ..cases.case import Case
from ..files.vector_file import VectorFile
from ..harness.results import CaseResult
from ..reports.failure import details
from .verdict import Verdict

_FACTS = ("reason", "where", "got", "exact", "accepted", "error")


@dataclass(frozen=True)
class Shrunk:
    """A case as small as was found that the backend still fails; its result is what verify gives.

    `document` is the case as it stands in a vector file, made with the forms.
    """

    case: Case
    forms: Sequence[Function]
    document: dict[str, Any]
    file: VectorFile
    result: CaseResult


@dataclass
class Finding:
    """The first failure of a subject: an element outside its bound, or an error.

    `shrunk` is None where a case of its own does not show it again; `path` is where it was written.
    """

    trial: Any
    verdict: Verdict | None
    element: int
    message: str = ""
    shrunk: Shrunk | None = None
    path: Path | None = None
    case: str = ""

    def lines(self) -> Iterator[str]:
        """Say what was given, what came and what should have."""
        if self.shrunk:
            yield self.trial.name
            yield from given(self.shrunk.document)
            for name, text in details(self.shrunk.result, self.shrunk.file):
                if name in _FACTS:
                    yield f"{name:<10}{text}"
            if self.path:
                yield f"written to {self.path} as {self.case}"
        elif self.verdict:
            yield from self.trial.describe(self.verdict, self.element)
            yield from self.verdict.lines(self.element)
        else:
            yield self.trial.name
            yield self.message


def given(case: dict[str, Any]) -> Iterator[str]:
    """Say what a case gives, before the first step and with each."""
    objective = case.get("objective", {})
    before = {name: objective[name] for name in ("A", "b") if name in objective} | case["given"]
    yield "  ".join((f"t={case['t']}", *map(_named, before.items())))
    for step in case["steps"]:
        scalars = (f"{name}={float.fromhex(x):.9g}" for name, x in step["hyper"].items())
        attributes = (f"{name}={x}" for name, x in step.get("attributes", {}).items())
        yield "  ".join((*map(_named, step["given"].items()), *scalars, *attributes))


def _named(item: tuple[str, Any]) -> str:
    name, tensor = item
    values = " ".join(f"{float.fromhex(x):.9g}" for x in tensor["data"].split())
    return f"{name}{list(tensor['shape'])}=[{values}]"
