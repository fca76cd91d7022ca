"""Arithmetics other than the one that was declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ..files.formats import FORMATS, MODIFIERS


@dataclass(frozen=True)
class Arithmetic:
    """An arithmetic by its name, in a sentence, and the profile it makes of a declared one.

    What is returned from a `narrow` one is among the numbers of that format.
    """

    name: str
    sentence: str
    profile: Callable[[str], str]
    narrow: str = ""

    @property
    def admits_forms(self) -> bool:
        """Whether a rule has forms for it that it has not otherwise."""
        return "onepass" in self.name

    @property
    def scatters(self) -> bool:
        """Whether its errors fall to either side of the exact values, each on its own.

        What is flushed falls to 0, and a scalar or a variance that is off moves all it meets.
        """
        return self.name != "" and not any(way in self.name for way in _TOGETHER)


def _with(*added: str) -> Callable[[str], str]:
    def profile(name: str) -> str:
        base, *modifiers = name.split("+")
        kept = {*modifiers} - ({"fused", "native"} if {"fused", "native"} & {*added} else set())
        wanted = "+".join((base, *(m for m in MODIFIERS if m in kept or m in added)))
        return wanted if _exists(base, added) else name

    return profile


def _exists(base: str, modifiers: Collection[str]) -> bool:
    """Whether a format can be computed with in these ways."""
    if {"fused", "native"} & {*modifiers} and FORMATS[base].bits != 16:
        return False
    return base == "float32" or "tf32" not in modifiers


def _narrowed(wide: str, narrow: str) -> Arithmetic:
    def profile(name: str) -> str:
        base, *modifiers = name.split("+")
        if base != wide:
            return name
        return "+".join((narrow, *(m for m in modifiers if _exists(narrow, [m]))))

    return Arithmetic(narrow, f"it is computed in {narrow}", profile, narrow)


def _unfused(name: str) -> str:
    return name.replace("+fused", "")


_TOGETHER = ("ftz", "step32", "onepass")
AS_DECLARED = Arithmetic("", "", lambda name: name)

_OF_FAMILY = {
    "optimizers": (("ftz",), ("step32",), ("fused",), ("ftz", "step32")),
    "normalizations": (("ftz",), ("fused",), ("onepass",), ("ftz", "onepass")),
    "convolutions": (("ftz",), ("fused",), ("winograd",), ("tf32",)),
}


def neighbours(rule: str) -> Iterator[Arithmetic]:
    """The arithmetics beside the declared one in strictness; the narrow ones forgive much more."""
    for modifiers in _OF_FAMILY[rule.partition("/")[0]]:
        yield _added(*modifiers)
    yield Arithmetic("unfused", "half types are rounded at every tensor that is written", _unfused)
    yield _added("native")


def _added(*modifiers: str) -> Arithmetic:
    sentence = "; ".join(MODIFIERS[modifier] for modifier in modifiers)
    return Arithmetic("".join(f"+{name}" for name in modifiers), sentence, _with(*modifiers))


NARROW = (
    _narrowed("float64", "float32"),
    _narrowed("float32", "float16"),
    _narrowed("float32", "bfloat16"),
)
