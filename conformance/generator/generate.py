"""Make the golden vectors, or check that the ones on disk can be made again, byte for byte."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from goldenrule.reference import catalogue

from ..cases.catalogue import cases_of, forms_for
from ..cases.profiles import profiles_of
from ..files.canonical import digest, dump
from ..files.discovery import PACKAGED_VECTORS, Location, rule_matches
from ..files.formats import close_matches
from .document import make_document
from .separation import gaps

Progress = Callable[[str, int, int], None]
Job = tuple[str, str]


def generate(
    pattern: str | None,
    out: Path | None,
    check: bool,
    profiles: Sequence[str],
    progress: Progress,
) -> int:
    """Make the files of the rules that match, or only compare them; return the exit code.

    `profiles` are made beside the usual ones. With `check` nothing is written, and every
    difference is a line and exit code 1. Nothing is written either where a case is degenerate, a
    digit uncertain, a document against the schema, or a pair of dialects not told apart.
    """
    rules = [rule for rule in catalogue.names() if rule_matches(pattern or "*", rule)]
    if not rules:
        print(f"no such rule: {pattern}{close_matches(pattern or '', catalogue.names())}")
        return 2
    root = out or PACKAGED_VECTORS
    documents, problems = _make(rules, profiles, progress)
    problems += _problems(rules, documents)
    if not problems and check:
        problems += _compare(root, rules, documents)
    elif not problems:
        _write(root, documents)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        done = "can be made again, byte for byte" if check else f"written to {root}"
        print(f"{len(documents)} files of {len(rules)} rules {done}")
    return 1 if problems else 0


def _make(
    rules: Sequence[str], profiles: Sequence[str], progress: Progress
) -> tuple[dict[Job, dict[str, Any]], list[str]]:
    jobs = [(rule, dialect) for rule in rules for dialect in catalogue.forms(rule)]
    jobs.sort(key=_cost, reverse=True)  # or one process would be busy long after the others
    documents: dict[Job, dict[str, Any]] = {}
    problems: list[str] = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        futures = {}
        for rule, dialect in jobs:
            names = tuple(dict.fromkeys((*profiles_of(rule), *profiles)))
            futures[pool.submit(make_document, rule, dialect, names)] = rule, dialect
        for done, future in enumerate(as_completed(futures), 1):
            rule, dialect = futures[future]
            progress(f"{rule}/{dialect}", done, len(jobs))
            error = future.exception()
            if error is None:
                documents[rule, dialect] = future.result()
            else:
                problems.append(f"{rule}/{dialect}: {error}")
    return documents, problems


def _cost(job: Job) -> int:
    """A rough measure of the work: the numbers that are given, once for every form."""
    return sum(
        len(forms_for(*job, case)) * sum(x.size for x in case.problem.tensors)
        for case in cases_of(*job)
    )


def _problems(rules: Sequence[str], documents: dict[Job, dict[str, Any]]) -> Iterator[str]:
    from jsonschema import Draft202012Validator  # not installed where vectors are only used

    schema = Path(__file__).parents[1] / "schema" / "vectors.schema.json"
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    for (rule, dialect), document in documents.items():
        for error in validator.iter_errors(document | {"sha256": digest(document)}):
            yield f"{rule}/{dialect}: {error.json_path}: {error.message}"
    for rule in rules:
        of_rule = {dialect: doc for (r, dialect), doc in documents.items() if r == rule}
        for gap in gaps(rule, of_rule):
            pair = f"{gap.first} from {gap.second}"
            yield f"{gap.rule}: no {gap.computes} tells {pair} in {gap.profile}"


def _compare(
    root: Path, rules: Sequence[str], documents: dict[Job, dict[str, Any]]
) -> Iterator[str]:
    """Compare with the files on disk, leaving provenance aside."""
    for (rule, dialect), document in sorted(documents.items()):
        path = Location(root, rule, dialect).path
        on_disk = _read(path)
        if on_disk is None:
            yield f"{path}: missing or not JSON"
        elif path.read_text(encoding="utf-8") != dump(document | {"_info": on_disk["_info"]}):
            yield f"{path}: differs from what the rules give"
    for rule in rules:
        for path in sorted((root / rule).glob("*.json")):
            if (rule, path.stem) not in documents:
                yield f"{path}: no such dialect"


def _write(root: Path, documents: dict[Job, dict[str, Any]]) -> None:
    """Write the files whose content has changed."""
    for (rule, dialect), document in documents.items():
        path = Location(root, rule, dialect).path
        on_disk = _read(path)
        if on_disk is None or on_disk.get("sha256") != digest(document):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dump(document), encoding="utf-8")


def _read(path: Path) -> dict[str, Any] | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
