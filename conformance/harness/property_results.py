"""The outcome of the property checks of optimizer objects."""

from __future__ import annotations

from dataclasses import dataclass

from .status import JUDGED, RIGHT, WRONG, Status


@dataclass(frozen=True)
class Violation:
    """What was seen: in which implementation and setting, where, and how it should have been.

    ``options`` are those that were on; ``case`` is the golden case that told, if one did.
    """

    what: str
    message: str
    implementation: str = ""
    options: tuple[str, ...] = ()
    case: str = ""
    step: int | None = None
    element: tuple[int, ...] | None = None
    got: str = ""
    wanted: str = ""


@dataclass(frozen=True)
class PropertyResult:
    """One property of one object in one profile.

    ``reason`` says why there is no verdict, or what a verdict leaves out. ``failing`` names the
    implementations that lack the property, if the object has several.
    """

    name: str
    sentence: str
    status: Status
    reason: str = ""
    violation: Violation | None = None
    failing: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass
class ObjectResult:
    """All properties of one declared object in one profile."""

    backend: str
    rule: str
    dialect: str
    profile: str
    implementations: tuple[str, ...]
    properties: list[PropertyResult]
    reason: str = ""

    def property_id(self, name: str) -> str:
        """Name a property of the object; what precedes the profile may be a pattern's business.

        >>> ObjectResult("mine", "optimizers/adam", "paper", "float32", (), []).property_id("x")
        'mine/optimizers/adam/paper/property/x/float32'
        """
        return property_id(self.backend, self.rule, self.dialect, name, self.profile)

    @property
    def judged(self) -> list[PropertyResult]:
        """The properties with a verdict."""
        return [result for result in self.properties if result.status in JUDGED]

    @property
    def wrong(self) -> list[PropertyResult]:
        """The properties that fail the run."""
        return [result for result in self.properties if result.status in WRONG]

    @property
    def holding(self) -> int:
        """The number of properties that hold."""
        return sum(result.status in RIGHT for result in self.properties)

    @property
    def verdict(self) -> str:
        """``holds``, ``violated`` or ``not checked``."""
        if self.wrong:
            return "violated"
        return "holds" if self.judged else "not checked"


def property_id(backend: str, rule: str, dialect: str, name: str, profile: str) -> str:
    """Name a property of an object.

    >>> property_id("mine", "optimizers/adam", "paper", "rate-change", "float32")
    'mine/optimizers/adam/paper/property/rate-change/float32'
    """
    return "/".join((backend, rule, dialect, "property", name, profile))
