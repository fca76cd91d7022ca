"""The list of wrong rules that no vector can kill, for a reason that no program finds.

`equivalents.toml` holds entries such as

    [[equivalent]]
    where = ["optimizers/sgd/*/step"]
    profiles = ["float32"]
    mutants = ["float32-scalars"]
    reach = 0.40
    reason = "every scalar meets a tensor, and is rounded to float32 there"

where `where` holds shell patterns for rule/dialect/kind, and `reach` is the largest
|difference| / bound that a search found. The list is strict: what it names must exist, and survive.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from itertools import product, starmap
from pathlib import Path

from .equivalence import PROVED
from .record import Record

EQUIVALENTS = Path(__file__).with_name("equivalents.toml")
_KEYS = {"where", "profiles", "mutants", "reach", "reason"}


class ListError(Exception):
    """A list that cannot be read; the message is one line."""


@dataclass(frozen=True)
class Entry:
    """Mutants of some dialects that are right within the rounding of some profiles."""

    where: tuple[str, ...]
    profiles: tuple[str, ...]
    mutants: tuple[str, ...]
    reach: float
    reason: str

    def covers(self, record: Record) -> bool:
        """Whether the entry names a record."""
        return any(record in part for part in self.parts())

    def parts(self) -> Iterator[Part]:
        """Yield all that it names, one by one."""
        yield from starmap(Part, product(self.where, self.mutants, self.profiles))


@dataclass(frozen=True)
class Part:
    """One of the mutants that an entry names, in one of its places and profiles."""

    where: str
    mutant: str
    profile: str

    def __contains__(self, record: Record) -> bool:
        place = f"{record.rule}/{record.dialect}/{record.kind}"
        same = (self.mutant, self.profile) == (record.name, record.profile)
        return same and fnmatchcase(place, self.where)

    def __str__(self) -> str:
        return f"{self.where}/{self.mutant}/{self.profile}"


def entries(path: Path = EQUIVALENTS) -> tuple[Entry, ...]:
    """Read a list.

    Raises ListError if it is unreadable, or if an entry lacks a reason or anything else.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ListError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise ListError(f"{path}: {error}") from None
    found = []
    for number, item in enumerate(document.get("equivalent", ()), 1):
        if item.keys() != _KEYS or not all(item[name] for name in _KEYS - {"reach"}):
            raise ListError(f"{path}: entry {number} must have {', '.join(sorted(_KEYS))}")
        if not 0 <= item["reach"] <= 1:
            raise ListError(f"{path}: entry {number} reaches beyond the bound: it is a hole")
        lists = {name: tuple(item[name]) for name in ("where", "profiles", "mutants")}
        found.append(Entry(**(item | lists)))
    return tuple(found)


def excused(records: Iterable[Record], listed: Iterable[Entry]) -> Iterator[Record]:
    """Give the survivors that are listed their reasons."""
    listed = list(listed)
    for record in records:
        if record.is_hole:
            found = next((entry for entry in listed if entry.covers(record)), None)
            if found:
                record = replace(record, equivalent=found.reason, reach=found.reach)
        yield record


def complaints(records: Iterable[Record], listed: Iterable[Entry]) -> Iterator[str]:
    """Say which entries of the list no longer hold."""
    records = list(records)
    for entry in listed:
        covered = [record for record in records if entry.covers(record)]
        for record in covered:
            if record.is_killed:
                yield f"listed as equivalent, but killed by {record.by}: {record.id}"
            elif record.equivalent == PROVED:
                yield f"listed as equivalent, but proved equal anyway: {record.id}"
        for part in entry.parts():
            if not any(record in part for record in covered):
                yield f"listed as equivalent, but unknown: {part}"
