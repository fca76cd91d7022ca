"""What is put to the test: every declaration of a layer or a gradient, with and without options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenrule.reference.catalogue import Function, forms, parameters
from goldenrule.reference.profile import Profile

from ...files.kinds import GRADIENT
from ...harness.session import Session
from ...harness.wire import EntryInfo
from ..declared import Declared

TENSORS = frozenset({"x", "w", "dy", "gamma", "beta", "b", "running_mean", "running_var"})
HYPER = frozenset({"eps", "momentum"})
ATTRIBUTES = frozenset({"axis", "groups", "stride", "dilation", "padding", "output_padding"})
_NEUTRAL = ATTRIBUTES - {"axis"}


@dataclass(frozen=True)
class Subject(Declared):
    """A declaration in one profile, with what it is given beside attributes."""

    @property
    def title(self) -> str:
        """The dialect, and the word gradient where that is what is computed."""
        return f"{self.entry.dialect} gradient" if self.is_gradient else self.entry.dialect

    @property
    def name(self) -> str:
        """As `torch normalizations/layer_norm/elementwise+affine gradient float32`."""
        dialect = "+".join((self.entry.dialect, *self.options))
        kind = " gradient" if self.is_gradient else ""
        return f"{self.session.label} {self.entry.rule}/{dialect}{kind} {self.profile.name}"

    @property
    def is_gradient(self) -> bool:
        """Whether it computes a gradient."""
        return self.entry.computes == GRADIENT

    @property
    def layer(self) -> str:
        """The name of the rule without its family."""
        return self.entry.rule.partition("/")[2]

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes that the rule takes."""
        return ATTRIBUTES & set(parameters(self.forms[0]))

    @property
    def question(self) -> tuple[object, ...]:
        """What must agree for subjects to be asked the same."""
        entry, varied = self.entry, frozenset(filter(self.varies, self.attributes))
        return (entry.rule, entry.dialect, entry.computes, self.options, varied)

    def varies(self, attribute: str) -> bool:
        """Whether the backend takes an attribute; else it stays at what changes nothing."""
        return self.entry.signature.takes(attribute)


def subjects(session: Session, entry: EntryInfo) -> list[Subject]:
    """Every subject of a backend's entry.

    Raises ValueError for a rule, dialect or profile that does not exist, and for an entry that
    cannot be called with what the rule takes.
    """
    dialects = forms(entry.rule, "gradient" if entry.computes == GRADIENT else "step")
    if entry.dialect not in dialects:
        raise ValueError(f"unknown dialect {entry.rule}/{entry.dialect}")
    functions = dialects[entry.dialect]
    found = [
        Subject(session, entry, profile, functions, symbols, options)
        for profile in map(Profile.parse, entry.profiles)
        for symbols, options in _option_sets(entry.rule, functions[0])
        if _can_run(entry, symbols, parameters(functions[0]))
    ]
    if not found:
        raise ValueError(f"{entry.rule}/{entry.dialect} cannot be called with what the rule takes")
    return found


def together(found: Iterable[Subject]) -> list[tuple[Subject, ...]]:
    """Subjects that can be asked the same in some format: exact values are computed once."""
    groups: dict[tuple[object, ...], list[Subject]] = {}
    for subject in found:
        groups.setdefault(subject.question, []).append(subject)
    return [tuple(group) for group in groups.values()]


def _option_sets(rule: str, function: Function) -> Iterator[tuple[frozenset[str], tuple[str, ...]]]:
    """What is given without options, and with them: the affine part, or the bias."""
    takes = {name: must for name, must in parameters(function).items() if name in TENSORS | HYPER}
    required = frozenset(name for name, must in takes.items() if must)
    yield required, ()
    if required != takes.keys():
        option = "bias" if "b" in takes else "scale" if rule.endswith("rms_norm") else "affine"
        yield frozenset(takes), (option,)


def _can_run(entry: EntryInfo, symbols: frozenset[str], takes: Iterable[str]) -> bool:
    """Whether a function takes all that it needs, and needs nothing else."""
    attributes = ATTRIBUTES & set(takes)
    needed = symbols | (attributes - _NEUTRAL)
    available = symbols | attributes | {"t", "profile"}
    signature = entry.signature
    return all(map(signature.takes, needed)) and available.issuperset(signature.required)
