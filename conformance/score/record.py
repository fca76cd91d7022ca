"""What is found out about wrong rules: by which criteria each is killed, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PLAIN = "plain"
"""The derived intervals once more, but on plain inputs."""


@dataclass(frozen=True)
class Record:
    """A wrong rule in one profile.

    `killed` tells for each criterion whether it rejects some answer, `by` names the first case
    whose intervals do. `equivalent` is the reason why no vector can kill it, where there is one,
    and `reach` the largest |difference| / bound that is known of one that is not proved equal.
    """

    rule: str
    dialect: str
    kind: str
    name: str
    operator: str
    sentence: str
    profile: str
    killed: Mapping[str, bool]
    by: str = ""
    equivalent: str = ""
    reach: float | None = None

    @property
    def id(self) -> str:
        """Its name, and the profile's."""
        return f"{self.rule}/{self.dialect}/{self.kind}/{self.name}/{self.profile}"

    @property
    def is_killed(self) -> bool:
        """Whether the golden vectors reject it."""
        return self.killed["intervals"]

    @property
    def is_hole(self) -> bool:
        """Whether the golden vectors accept what is not known to be right."""
        return not self.is_killed and not self.equivalent


@dataclass(frozen=True)
class FalseAlarm:
    """A right form that a criterion rejects, and the first case where it does."""

    rule: str
    dialect: str
    kind: str
    form: str
    profile: str
    criterion: str
    case: str
