"""Findings written as vector files, so that `goldenrule verify` shows them again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from ..cases.profiles import profiles_of
from ..files.canonical import dump
from ..files.discovery import Location, VectorFileError
from ..files.structure import check_structure
from ..generator.document import case_document, file_document
from ..generator.golden import GoldenError
from .finding import Finding

Document = dict[str, Any]


def write(root: Path, findings: Sequence[Finding]) -> list[Path]:
    """Write what was shrunk to <root>/<rule>/<dialect>.json, and give the files.

    Cases that a file has already stay there; new ones get numbers of their own.
    Raises VectorFileError for a file that cannot be extended, and OSError.
    """
    written: list[Path] = []
    for finding in findings:
        if finding.shrunk:
            finding.path = _add(root, finding)
            written.append(finding.path)
    return list(dict.fromkeys(written))


def _add(root: Path, finding: Finding) -> Path:
    entry = finding.trial.subject.entry
    path = Location(root, entry.rule, entry.dialect).path
    cases = _cases(path)
    case = _document(finding)
    same = next((old for old in cases if old == case | {"id": old["id"]}), None)
    if same is None:
        known = {old["id"] for old in cases}
        numbers = (f"{finding.trial.family}-{number}" for number in count(1))
        case["id"] = next(name for name in numbers if name not in known)
        cases.append(case)
        used = [name for case in cases for name in _profiles(case)]
        document = file_document(entry.rule, entry.dialect, list(dict.fromkeys(used)), cases)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(document), encoding="utf-8")
    finding.case = (same or case)["id"]
    return path


def _cases(path: Path) -> list[Document]:
    """The cases of a file; none if there is no file."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError as error:
        raise VectorFileError(path, f"not valid JSON: {error}") from None
    check_structure(path, document)
    return document["cases"]


def _document(finding: Finding) -> Document:
    """The case with what the rule's usual profiles accept, too, where all of them can judge it."""
    assert finding.shrunk
    subject, case = finding.trial.subject, finding.shrunk.case
    own = subject.profile.name
    forms = finding.shrunk.forms
    names = list(dict.fromkeys((*profiles_of(subject.entry.rule), own)))
    for some in (names, [own, own.partition("+")[0]]):
        try:
            return case_document(case, forms, list(dict.fromkeys(some)))
        except GoldenError:
            continue
    return finding.shrunk.document


def _profiles(case: Document) -> list[str]:
    step, *_ = case["steps"]
    output, *_ = step["expected"].values()
    return list(output["accept"])
