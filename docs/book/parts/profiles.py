"""The part `{{ profiles }}`: formats and profiles, what they admit, who declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor, log10

from goldenrule.conformance.explain.words import code, escaped
from goldenrule.conformance.files.formats import FORMATS, MODIFIERS, PROFILES
from goldenrule.reference.profile import Profile
from goldenrule.reference.rounding import FORMATS as EXACT
from goldenrule.reference.rounding import Dyadic
from goldenrule.spec.catalogue import FAMILIES

from ..scoreboard.about import IMPLEMENTATIONS
from ..scoreboard.run import stored
from .arguments import chosen
from .tables import wide

STANDARD_NAMES = {
    "float64": "binary64, double",
    "float32": "binary32, single",
    "float16": "binary16, half",
    "bfloat16": "upper half of binary32",
}


def profiles(argument: str) -> str:
    """Write a table: of the profiles, or of what the argument names.

    Raises ValueError if there is no such table.
    """
    return "\n".join(chosen(TABLES, "table", argument)())


def promises() -> Iterator[str]:
    """Give a row for every profile that vectors are made in."""
    declaring: dict[str, list[str]] = {}
    for entry in stored().entries:
        backends = declaring.setdefault(entry.profile, [])
        if entry.backend not in backends:
            backends.append(entry.backend)
    rows = []
    for name, promise in PROFILES.items():
        profile = Profile.parse(name)
        rows.append(
            (
                code(name),
                profile.storage.name,
                profile.working.name,
                escaped(promise),
                ", ".join(declaring.get(name, ())),
            )
        )
    head = ("profile", "stored in", "computed in", "what it promises", "declared by")
    yield from wide(head, rows)


def formats() -> Iterator[str]:
    """Give a row for every format: its bits and its range."""
    rows = []
    for name, form in FORMATS.items():
        exact = EXACT[name]
        rows.append(
            (
                code(name),
                STANDARD_NAMES[name],
                str(form.bits),
                str(form.precision),
                _power(exact.unit_roundoff),
                _power(exact.smallest_normal),
                _power(exact.smallest_subnormal),
                _decimal(exact.largest_finite),
            )
        )
    head = (
        "format",
        "also called",
        "bits",
        "precision",
        "unit roundoff",
        "least normal",
        "least subnormal",
        "largest",
    )
    yield from wide(head, rows)


def modifiers() -> Iterator[str]:
    """Give a row for everything that a name may add to a format."""
    rows = []
    for modifier, meaning in MODIFIERS.items():
        bases = [name for name in FORMATS if _is_profile(f"{name}+{modifier}")]
        added = [name for name in PROFILES if modifier in name.split("+")]
        to = " ".join(map(code, bases))
        rows.append((code(f"+{modifier}"), to, escaped(meaning), str(len(added))))
    yield from wide(("added", "to", "what it says", "profiles of vectors"), rows)


def frameworks() -> Iterator[str]:
    """Give a row for every backend of the stored run, with the profiles it declares."""
    rows = []
    for backend, what in IMPLEMENTATIONS.items():
        entries = [entry for entry in stored().entries if entry.backend == backend]
        cells = []
        for family in FAMILIES:
            mine = {entry.profile for entry in entries if entry.rule.startswith(f"{family}/")}
            cells.append(" ".join(code(name) for name in PROFILES if name in mine))
        if entries:
            rows.append((code(backend), what, *cells))
    yield from wide(("implementation", "what it drives", *FAMILIES), rows)


def _is_profile(name: str) -> bool:
    try:
        return bool(Profile.parse(name))
    except ValueError:
        return False


def _power(number: Dyadic) -> str:
    """Write a power of two.

    >>> _power((1, -24))
    '$2^{-24}$'
    """
    man, exponent = number
    return f"$2^{{{exponent + man.bit_length() - 1}}}$"


def _decimal(number: Dyadic) -> str:
    r"""Write a large number, rounded to three digits.

    >>> _decimal(EXACT["float16"].largest_finite), _decimal(EXACT["float32"].largest_finite)
    ('65504', '$3.40 \\cdot 10^{38}$')
    """
    man, exponent = number
    value = man << exponent
    if value < 10**6:
        return str(value)
    places = floor(log10(value))
    return rf"${value / 10**places:.2f} \cdot 10^{{{places}}}$"


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "": promises,
    "formats": formats,
    "modifiers": modifiers,
    "frameworks": frameworks,
}
"""The tables, by what the argument calls them."""
