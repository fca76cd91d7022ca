"""One symbol is taken for another of the same role."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..change import Change, at
from ..text import Place, Text
from ..trees import expression, operation, shown
from .throughout import exchanged

ROLES = (
    ("beta1", "beta2"),
    ("rho", "beta"),
    ("beta", "dampening"),
    ("alpha", "eps"),
    ("alpha", "weight_decay"),
    ("lr_decay", "weight_decay"),
    ("m", "v"),
    ("v", "u"),
    ("m", "b"),
    ("v", "second", "v_max"),
    ("m_hat", "v_hat"),
    ("g", "m", "m_hat"),
    ("v", "v_hat", "second", "v_max"),
    ("g", "a"),
    ("g", "b"),
    ("g", "delta"),
    ("root", "delta"),
    ("theta", "g"),
    ("v", "d"),
    ("mu", "v"),
    ("running_mean", "running_var"),
    ("x", "d", "xhat"),
    ("x", "dy", "g"),
    ("keep", "take"),
    ("old", "new"),
)
"""Symbols that stand for things of one kind."""

INTEGERS = (("low", "high"), ("s", "d"), ("n", "k"), ("length", "kernel"), ("stride", "dilation"))
"""Those of a helper that counts places."""

_EXCHANGED = (
    ("beta1", "beta2"),
    ("rho", "beta"),
    ("alpha", "weight_decay"),
    ("alpha", "eps"),
)


def symbols_exchanged(text: Text) -> Iterator[Change]:
    """Exchange two hyper-parameters wherever they are read."""
    for a, b in _EXCHANGED:
        if {a, b} <= text.hyper - text.optional:
            said = f"{a} and {b} are exchanged"
            yield from exchanged(text, "symbols-exchanged", a, b, said)


def symbol_swapped(text: Text) -> Iterator[Change]:
    """Read another symbol of the same role in one place."""
    roles = INTEGERS if text.is_helper else ROLES
    for place in text.places:
        match place.node:
            case ast.Name(id=name) if _is_computed_with(place):
                for other in _others(name, roles):
                    if other in place.known and not _is_centred(place, other):
                        said = f"{other} stands in place of {name}"
                        yield at(text, place, "symbol-swapped", expression(other), said)


def _is_computed_with(place: Place) -> bool:
    """Whether a value matters where it is read, not only its shape."""
    if isinstance(place.parent, ast.Call):
        return bool(operation(place.parent)) or shown(place.parent.func) == "average"
    return not isinstance(place.parent, ast.Attribute | ast.Subscript | ast.Tuple)


def _is_centred(place: Place, other: str) -> bool:
    """Whether x meets its own deviations, whose sum is 0: its mean then changes nothing."""
    match place.parent:
        case ast.Call(args=[a, b, *_]) if operation(place.parent) == "fdot" and other == "x":
            return shown(a) == shown(b)
    return False


def _others(name: str, roles: Sequence[Sequence[str]]) -> dict[str, None]:
    return dict.fromkeys(x for role in roles if name in role for x in role if x != name)
