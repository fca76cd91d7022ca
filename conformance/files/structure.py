"""Whether a vector file is whole: schema version, hash, keys, shapes, numbers of tokens.

This is the fast check of every run. The full JSON Schema (schema/vectors.schema.json), which
also knows what may not stand in a file, is applied when files are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

from .canonical import digest
from .discovery import VectorFileError
from .formats import format_of
from .kinds import COMPUTES

SCHEMA_VERSION = "2.0"


def check_structure(path: Path, document: Any) -> None:
    """Raise VectorFileError at the first thing that is wrong."""
    _Checker(path).file(document)


class _Checker:
    """Walks a document and knows the file's path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fail(self, place: str, message: str) -> None:
        raise VectorFileError(self.path, f"{place}: {message}" if place else message)

    def keys(self, item: Any, place: str, **kinds: type) -> None:
        """Demand an object that has these keys, with values of these types."""
        if not isinstance(item, dict):
            self.fail(place, "not an object")
        for key, kind in kinds.items():
            if key not in item:
                self.fail(place, f"missing key {key!r}")
            if not isinstance(item[key], kind):
                self.fail(place, f"{key!r} is not of JSON type {_JSON_NAMES[kind]}")

    def file(self, document: Any) -> None:
        self.keys(document, "", schema=str, sha256=str)
        major = document["schema"].partition(".")[0]
        if major != SCHEMA_VERSION.partition(".")[0]:
            self.fail(
                "",
                f"unknown schema version {document['schema']!r}; this is goldenrule "
                f"for {SCHEMA_VERSION}",
            )
        if document["sha256"] != digest(document):
            self.fail("", "the content does not match its sha256: the file was edited or damaged")
        self.keys(
            document,
            "",
            rule=str,
            dialect=str,
            title=str,
            source=str,
            outputs=list,
            profiles=dict,
            flags=dict,
            cases=list,
        )
        for name, profile in document["profiles"].items():
            self.keys(profile, f"profile {name!r}", format=str)
            form = format_of(name)
            if form is None or form.name != profile["format"]:
                self.fail(f"profile {name!r}", "unknown profile or format")
        for name, flag in document["flags"].items():
            self.keys(flag, f"flag {name!r}", note=str)
        if not document["outputs"] or not document["cases"]:
            self.fail("", "no outputs or no cases")
        for number, case in enumerate(document["cases"]):
            self.case(document, case, number)
        ids = [case["id"] for case in document["cases"]]
        if repeated := [name for name in ids if ids.count(name) > 1]:
            self.fail(f"case {repeated[0]!r}", "its id occurs twice")

    def case(self, document: Mapping[str, Any], case: Any, number: int) -> None:
        self.keys(case, f"case {number}", id=str, kind=str, given=dict, steps=list)
        place = f"case {case['id']!r}"
        if case["kind"] not in COMPUTES:
            self.fail(place, f"unknown kind {case['kind']!r}")
        if not case["steps"]:
            self.fail(place, "no steps")
        for key, kind in (("t", int), ("flags", list)):
            if not isinstance(case.get(key, kind()), kind):
                self.fail(place, f"{key!r} is not of JSON type {_JSON_NAMES[kind]}")
        if unknown := set(case.get("flags", ())) - set(document["flags"]):
            self.fail(place, f"unknown flag {min(unknown)!r}")
        if "objective" in case:
            self.keys(case["objective"], f"{place}, objective", kind=str, A=dict, b=dict)
            self.tensor(case["objective"]["A"], f"{place}, objective A")
            self.tensor(case["objective"]["b"], f"{place}, objective b")
        elif case["kind"] == "objective":
            self.fail(place, "missing key 'objective'")
        for name, tensor in case["given"].items():
            self.tensor(tensor, f"{place}, given {name}")
        profiles: set[str] | None = None
        for index, step in enumerate(case["steps"]):
            here = f"{place}, step {index + 1}"
            self.keys(step, here, given=dict, hyper=dict, expected=dict)
            for name, tensor in step["given"].items():
                self.tensor(tensor, f"{here}, given {name}")
            for name, value in step["hyper"].items():
                self.hex_float(value, f"{here}, hyper {name}")
            self.attributes(step.get("attributes", {}), here)
            if not step["expected"] or not set(step["expected"]) <= set(document["outputs"]):
                self.fail(here, "expects nothing, or an output that the file does not list")
            for name, tensor in step["expected"].items():
                self.expected(tensor, f"{here}, expected {name}", document["profiles"])
                if set(tensor["accept"]) != (profiles := profiles or set(tensor["accept"])):
                    self.fail(f"{here}, expected {name}", "has other profiles than its case")

    def attributes(self, attributes: Any, place: str) -> None:
        """Demand integers, lists of integers, or lists of pairs."""
        self.keys(attributes, f"{place}, attributes")
        for name, value in attributes.items():
            items = value if isinstance(value, list) else [value]
            if items and all(isinstance(item, list) and len(item) == 2 for item in items):
                items = [number for pair in items for number in pair]
            if not items or not all(type(item) is int for item in items):
                self.fail(f"{place}, attribute {name}", "not integers or pairs of integers")

    def hex_float(self, value: Any, place: str) -> None:
        try:
            float.fromhex(value)
        except (TypeError, ValueError):
            self.fail(place, "not a hex float")

    def tensor(self, tensor: Any, place: str) -> None:
        self.keys(tensor, place, shape=list, data=str)
        self.count(tensor["data"], self.size(tensor["shape"], place), place, "data")
        for token in tensor["data"].split():
            self.hex_float(token, place)

    def expected(self, tensor: Any, place: str, profiles: Mapping[str, Any]) -> None:
        self.keys(tensor, place, shape=list, exact=str, accept=dict)
        size = self.size(tensor["shape"], place)
        self.count(tensor["exact"], size, place, "exact")
        if not tensor["accept"]:
            self.fail(place, "accepts nothing in any profile")
        for profile, accept in tensor["accept"].items():
            if profile not in profiles:
                self.fail(place, f"unknown profile {profile!r}")
            if "same_as" in accept:
                if "lo" not in tensor["accept"].get(accept["same_as"], ()):
                    self.fail(place, f"{profile} is the same as a profile that is not there")
                continue
            self.keys(accept, f"{place}, {profile}", lo=str, hi=str, bound=str)
            for key in ("lo", "hi", "bound"):
                self.count(accept[key], size, place, f"{profile} {key}")

    def size(self, shape: list[Any], place: str) -> int:
        """Return the number of elements."""
        if not all(isinstance(n, int) and n >= 0 for n in shape):
            self.fail(place, "the shape is not a list of numbers")
        return prod(shape)

    def count(self, text: str, size: int, place: str, what: str) -> None:
        """Demand one token for each element."""
        tokens = len(text.split())
        if tokens != size:
            self.fail(place, f"{what} has {tokens} values, but the shape has {size}")


_JSON_NAMES = {str: "string", int: "integer", list: "array", dict: "object"}
