"""What update rules and layers have in common as subjects: a declaration in one profile."""

from __future__ import annotations

from dataclasses import dataclass

from goldenrule.reference.catalogue import Function
from goldenrule.reference.profile import Profile

from ..files.formats import FORMATS, Format
from ..harness.session import Session
from ..harness.wire import EntryInfo


@dataclass(frozen=True)
class Declared:
    """A declaration in one profile, with the forms it is held to and what it is given."""

    session: Session
    entry: EntryInfo
    profile: Profile
    forms: tuple[Function, ...]
    symbols: frozenset[str]
    options: tuple[str, ...]

    @property
    def format(self) -> Format:
        """The format of tensors."""
        return FORMATS[self.profile.storage.name]
