"""Cases that a search found, where people's own did not show a wrong rule; kept as data.

`goldenrule score --synthesise` writes them, one file for each rule, every number a hex float. They
are cases like all others: the same lint, the same vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from goldenrule.reference.run import Problem, Step

from ..case import Case

FOLDER = Path(__file__).parent
_Document = dict[str, Any]


def synthesised(rule: str, folder: Path = FOLDER) -> tuple[Case, ...]:
    """The cases of a rule; none if the search had nothing to find."""
    path = folder / f"{rule}.json"
    return tuple(map(_read, json.loads(path.read_text("utf-8")))) if path.exists() else ()


def write(rule: str, cases: Iterable[Case], folder: Path = FOLDER) -> Path:
    """Write the cases of a rule, and give the file."""
    path = folder / f"{rule}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([_written(case) for case in cases], indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _read(document: _Document) -> Case:
    steps = [
        Step(
            _tensors(step["given"]),
            {name: float.fromhex(x) for name, x in step["hyper"].items()},
            {name: _tuples(x) for name, x in step["attributes"].items()},
        )
        for step in document["steps"]
    ]
    kind = document["kind"]
    problem = Problem(_tensors(document["given"]), steps, document["t"], kind=kind)
    flags, options, dialects = (tuple(document[x]) for x in ("flags", "options", "dialects"))
    words = document["id"], kind, document["comment"]
    return Case(*words, flags, problem, options, dialects=dialects)


def _written(case: Case) -> _Document:
    return {
        "id": case.id,
        "kind": case.kind,
        "comment": case.comment,
        "flags": case.flags,
        "options": case.options,
        "dialects": case.dialects,
        "t": case.problem.t,
        "given": _hexadecimal(case.problem.given),
        "steps": [
            {
                "given": _hexadecimal(step.given),
                "hyper": {name: float(x).hex() for name, x in step.hyper.items()},
                "attributes": step.attributes,
            }
            for step in case.problem.steps
        ],
    }


def _tensors(documents: Mapping[str, _Document]) -> dict[str, np.ndarray]:
    return {
        name: np.array([float.fromhex(x) for x in document["data"].split()]).reshape(
            document["shape"]
        )
        for name, document in documents.items()
    }


def _hexadecimal(tensors: Mapping[str, np.ndarray]) -> dict[str, _Document]:
    return {
        name: {"shape": x.shape, "data": " ".join(float(v).hex() for v in x.flat)}
        for name, x in tensors.items()
    }


def _tuples(value: Any) -> Any:
    """An attribute as it is given: lists become tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
