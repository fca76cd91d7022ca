"""What parent and child say to each other: one JSON object per line, arrays as hexadecimal bytes.

    child:   {"backends": [{"label", "entries": [...], "objects": [...]}]}   after the import
    parent:  {"serve": 0}                                        then the child calls setup()
    child:   {"ready": true}
    parent:  {"backend": 0, "entry": 3, "profile": "float32",    once per case
              "outputs": ["theta", ...], "case": {...}}
    child:   {"outputs": [{"theta": array, ...}, ...]}           one item per step
    parent:  {"backend": 0, "object": 1, "profile": "float32", "implementation": "fused",
              "property": "state-restored", "settings": [...]}   once per property
    child:   {"holds": "what was left out"} or {"violated": {"what", "message", ...}}
    parent:  the same with {"setting", "outputs", "case"}        once per golden case of a property
    child:   {"copies": [[0, [{"theta": array, ...}, ...]], ...]}

Instead of any answer, or with the outputs of the steps that succeeded, the child sends
{"error": "one line"}, {"unavailable": "one line"} or {"not_applicable": "one line"}.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..backend import Backend, Kind
from ..files.kinds import COMPUTES
from ..signature import Signature


@dataclass(frozen=True)
class EntryInfo:
    """What the parent knows about an entry: everything but the function."""

    index: int
    rule: str
    dialect: str
    profiles: tuple[str, ...]
    kind: Kind
    signature: Signature

    @property
    def computes(self) -> str:
        """What it computes: an update, a layer, or a layer's gradient."""
        return COMPUTES[self.kind]


@dataclass(frozen=True)
class ObjectInfo:
    """What the parent knows about an optimizer object: everything but what makes it."""

    index: int
    rule: str
    dialect: str
    profiles: tuple[str, ...]
    implementations: tuple[str, ...]
    signature: Signature


@dataclass(frozen=True)
class BackendInfo:
    """What the parent knows about a backend."""

    index: int
    label: str
    entries: tuple[EntryInfo, ...]
    objects: tuple[ObjectInfo, ...]


def describe(backend: Backend) -> dict[str, Any]:
    """Describe a backend, for the wire."""
    entries = [
        {"rule": e.rule, "dialect": e.dialect, "profiles": e.profiles, "kind": e.kind,
         "signature": asdict(e.signature)}
        for e in backend.entries
    ]  # fmt: skip
    objects = [
        {"rule": o.rule, "dialect": o.dialect, "profiles": o.profiles,
         "implementations": o.implementations, "signature": asdict(o.signature)}
        for o in backend.objects
    ]  # fmt: skip
    return {"label": backend.label, "entries": entries, "objects": objects}


def read_description(index: int, item: dict[str, Any]) -> BackendInfo:
    """Read what ``describe`` wrote."""
    entries = tuple(
        EntryInfo(
            number,
            entry["rule"],
            entry["dialect"],
            tuple(entry["profiles"]),
            entry["kind"],
            _signature(entry["signature"]),
        )
        for number, entry in enumerate(item["entries"])
    )
    objects = tuple(
        ObjectInfo(
            number,
            entry["rule"],
            entry["dialect"],
            tuple(entry["profiles"]),
            tuple(entry["implementations"]),
            _signature(entry["signature"]),
        )
        for number, entry in enumerate(item["objects"])
    )
    return BackendInfo(index, item["label"], entries, objects)


def _signature(item: dict[str, Any]) -> Signature:
    return Signature(tuple(item["accepts"]), tuple(item["required"]), item["accepts_any"])


def encode_array(array: NDArray) -> dict[str, Any]:
    """Encode a numeric array."""
    return {"dtype": array.dtype.str, "shape": array.shape, "data": array.tobytes().hex()}


def decode_array(item: dict[str, Any]) -> NDArray:
    """Decode what ``encode_array`` wrote."""
    raw = bytes.fromhex(item["data"])
    return np.frombuffer(raw, np.dtype(item["dtype"])).reshape(item["shape"])


def write(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Send one message."""
    stream.write(json.dumps(message).encode("ascii") + b"\n")
    stream.flush()


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """Receive one message; None when the other side is gone."""
    line = stream.readline()
    return json.loads(line) if line.endswith(b"\n") else None


COMMAND = (sys.executable, "-P", "-m", "goldenrule.conformance.harness.worker")
"""Starts a child; the name of a module or the path of a Python file follows."""
