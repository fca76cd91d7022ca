"""What a rule's text calls in which a person's slip has a counterpart, and the slips it invites.

All else that a text calls is plumbing. What decides the size of y alone has no place in a gradient.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from goldenrule.reference.catalogue import Function, parameters

from ..mistakes.text import texts
from .operators import (
    BORDERS,
    DOTS,
    GROUPS,
    PASSED,
    PLACES,
    PLANES,
    SHARED,
    SIZES,
    SUMS,
    Operator,
)
from .text import Text

Helpers = Mapping[str, Sequence[Operator]]

_PARTITIONS = ("contiguous", "interleaved", "shared", "channels", "instances", "trailing", "last")
_BORDERS = (
    *("zeros", "valid", "same_upper", "same_lower"),
    *("causal", "reflect", "replicate", "circular"),
)

_NORMALIZING: Helpers = {
    **{f"partition.{name}": SHARED for name in _PARTITIONS},
    "normalize.of_parameters": SUMS,
}
_SLIDING: Helpers = {
    "meetings.slide": PASSED,
    "meetings.spread": PASSED,
    "meetings._planes": PLANES,
    "meetings._places": PLACES,
}
_OVERLAPPING: Helpers = {"meetings._places": PLACES}
_FORWARD: Helpers = {
    "accumulate.forward": SUMS,
    "accumulate.output": SUMS,
    "meetings.size": SIZES,
    "borders._totals": SIZES,
    **{f"borders.{name}": (*SIZES, *BORDERS) for name in _BORDERS},
    **{f"crops.{name}": SIZES for name in ("adjoint", "same", "valid")},
    **{f"overlaps.{name}": SIZES for name in ("full", "same", "valid")},
}
_BACKWARD: Helpers = {
    "accumulate.backward": SUMS,
    "accumulate.plain_backward": SUMS,
    "accumulate.dx": SUMS,
    "accumulate.dw": SUMS,
    "accumulate.db": SUMS,
    **{f"borders.{name}": BORDERS for name in _BORDERS},
    "crops.adjoint": BORDERS,
    "overlaps.same": BORDERS,
}


_ALL_FIXED = {"stride": 1, "dilation": 1, "s": 1, "d": 1}
_NOTHING_ADDED = {"low": 0, "lows": 0, "pads": 0, "padding": 0}


def helpers_of(form: Function, kind: str) -> Iterator[tuple[Text, Sequence[Operator]]]:
    """The texts of a form's helpers with the operators for each."""
    chosen = {**_NORMALIZING, **(_BACKWARD if kind == "gradient" else _FORWARD)}
    chosen |= _SLIDING if "groups" in parameters(form) else _OVERLAPPING
    if form.__module__.endswith("rms_norm"):  # which has no beta
        chosen["normalize.of_parameters"] = DOTS
    helpers = {_name(function): function for function in texts(form)}
    if {"normalize.normalized", "normalize.gradients"} & helpers.keys():
        for name in _PARTITIONS:
            if not (name == "instances" and "running_mean" in parameters(form)):
                chosen[f"partition.{name}"] = (*GROUPS, *SHARED)
    fixed = _fixed(form)
    for name, function in helpers.items():
        if name in chosen:
            yield Text(function, True, fixed), chosen[name]


def _fixed(form: Function) -> Mapping[str, int]:
    """The symbols of windows that are the same whenever a form asks for them."""
    if not form.__module__.rpartition(".")[0].endswith("convolutions"):
        return {}
    fixed = dict(_NOTHING_ADDED) if form.__name__.startswith("valid") else {}
    return fixed if "groups" in parameters(form) else fixed | _ALL_FIXED


def _name(function: Function) -> str:
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
