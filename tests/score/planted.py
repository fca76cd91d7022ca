"""Vectors with something wrong with them, and what the score says of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goldenrule.conformance.files.canonical import dump
from goldenrule.conformance.files.discovery import PACKAGED_VECTORS
from goldenrule.conformance.harness.judge import CLASSES

Document = dict[str, Any]


def planted(root: Path, rule: str, dialect: str, change: Callable[[Document], None]) -> Path:
    """Write one vector file, changed, and give the folder of all of them."""
    path = root / rule / f"{dialect}.json"
    document = json.loads((PACKAGED_VECTORS / rule / f"{dialect}.json").read_text("utf-8"))
    change(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump(document), encoding="utf-8")
    return root


def only(*ids: str) -> Callable[[Document], None]:
    """Leave out all other cases."""

    def change(document: Document) -> None:
        document["cases"] = [case for case in document["cases"] if case["id"] in ids]

    return change


def widened(output: str, profile: str, low: str, high: str) -> Callable[[Document], None]:
    """Put the same ends around every finite element of an output in a profile."""

    def change(document: Document) -> None:
        for case in document["cases"]:
            for step in case["steps"]:
                accept = step["expected"].get(output, {}).get("accept", {})
                if profile in accept:
                    accept |= {name: _resolved(accept, name) for name in accept}
                    accept[profile]["lo"] = _ends(accept[profile]["lo"], low)
                    accept[profile]["hi"] = _ends(accept[profile]["hi"], high)

    return change


def _resolved(accept: Document, name: str) -> Document:
    entry = accept[name]
    return dict(accept[entry["same_as"]] if "same_as" in entry else entry)


def _ends(words: str, end: str) -> str:
    """The same words, an end in place of every bit pattern."""
    return " ".join(word if word in CLASSES else end for word in words.split())
