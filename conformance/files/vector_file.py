"""A vector file: the cases of one dialect of one rule, with golden outputs and acceptance sets.

The file format is described in schema/vectors.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from .canonical import digest, dump
from .discovery import Location, VectorFileError
from .kinds import COMPUTES
from .structure import SCHEMA_VERSION, check_structure
from .tensors import Accept, Expected, Tensor, attribute

__all__ = [
    "SCHEMA_VERSION",
    "Accept",
    "Case",
    "Expected",
    "Location",
    "Step",
    "Tensor",
    "VectorFile",
    "VectorFileError",
    "digest",
    "dump",
    "load",
]


@dataclass(frozen=True)
class Step:
    """One step of a case: what comes with it, and what must come out.

    Attributes are integers, or tuples of integers or of pairs.
    """

    given: Mapping[str, Tensor]
    hyper: Mapping[str, float]
    expected: Mapping[str, Expected]
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def read(document: Mapping[str, Any]) -> Step:
        """Read the step of a checked document."""
        attributes = document.get("attributes", {})
        return Step(
            {name: Tensor.read(item) for name, item in document["given"].items()},
            {name: float.fromhex(text) for name, text in document["hyper"].items()},
            {name: Expected.read(item) for name, item in document["expected"].items()},
            {name: attribute(value) for name, value in attributes.items()},
        )


@dataclass(frozen=True)
class Case:
    """Inputs and hyper-parameters, the reason why they were chosen, and the golden outputs."""

    id: str
    kind: str
    comment: str
    flags: tuple[str, ...]
    options: tuple[str, ...]
    t: int
    given: Mapping[str, Tensor]
    steps: tuple[Step, ...]
    inputs: Mapping[str, Any] = field(repr=False)
    """The part of the document a backend needs, as it stands in the file."""

    @staticmethod
    def read(document: Mapping[str, Any]) -> Case:
        """Read the case of a checked document."""
        inputs = {key: document[key] for key in ("t", "objective", "given") if key in document}
        inputs["steps"] = [
            {key: item for key, item in step.items() if key != "expected"}
            for step in document["steps"]
        ]
        return Case(
            id=document["id"],
            kind=document["kind"],
            comment=document.get("comment", ""),
            flags=tuple(document.get("flags", ())),
            options=tuple(document.get("options", ())),
            t=document.get("t", 1),
            given={name: Tensor.read(item) for name, item in document["given"].items()},
            steps=tuple(map(Step.read, document["steps"])),
            inputs=inputs,
        )

    @property
    def computes(self) -> str:
        """What it asks for: an update, a layer, or a layer's gradient."""
        return COMPUTES[self.kind]

    @property
    def has_objective(self) -> bool:
        """Whether the gradient is a function, not a tensor."""
        return "objective" in self.inputs

    @property
    def profiles(self) -> frozenset[str]:
        """The profiles this case can be judged in."""
        return frozenset(next(iter(self.steps[0].expected.values())).accept)


@dataclass(frozen=True)
class Flag:
    """A mistake that cases catch."""

    note: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class VectorFile:
    """The golden vectors of one dialect of one rule; the first output is the main one."""

    path: Path
    rule: str
    dialect: str
    title: str
    source: str
    outputs: tuple[str, ...]
    profiles: Mapping[str, str]
    flags: Mapping[str, Flag]
    cases: tuple[Case, ...]

    @cached_property
    def always_given(self) -> frozenset[str]:
        """The tensors that every case gives before its first step; the others belong to options."""
        return frozenset.intersection(*(frozenset(case.given) for case in self.cases))

    def asking_for(self, computes: str) -> tuple[Case, ...]:
        """The cases that ask for an update, for a layer, or for a layer's gradient."""
        return tuple(case for case in self.cases if case.computes == computes)

    def outputs_for(self, case: Case) -> tuple[str, ...]:
        """What a function may return for a case, the main output of the case first."""
        others = self.asking_for(case.computes)
        known = {name for other in others for step in other.steps for name in step.expected}
        names = [name for name in self.outputs if name in known]
        return tuple(sorted(names, key=lambda name: name not in case.steps[0].expected))


def load(location: Location) -> VectorFile:
    """Load and check a vector file.

    Raises VectorFileError, whose one line names the file, the place in it, and what is wrong.
    """
    path = location.path
    location.check()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise VectorFileError(path, f"not valid JSON, perhaps truncated: {error}") from None
    except OSError as error:
        raise VectorFileError(path, f"unreadable: {error.strerror}") from None
    check_structure(path, document)
    for key in ("rule", "dialect"):
        if document[key] != getattr(location, key):
            raise VectorFileError(
                path,
                f"{key} is {document[key]!r}, but the file stands in the place of "
                f"{location.rule}/{location.dialect}",
            )
    return VectorFile(
        path=path,
        rule=document["rule"],
        dialect=document["dialect"],
        title=document["title"],
        source=document["source"],
        outputs=tuple(document["outputs"]),
        profiles={name: item["format"] for name, item in document["profiles"].items()},
        flags={
            name: Flag(item["note"], tuple(item.get("links", ())))
            for name, item in document["flags"].items()
        },
        cases=tuple(Case.read(case) for case in document["cases"]),
    )
